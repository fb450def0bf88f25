import { z } from 'zod';

/** As much of YouTube's answers as is used. https://developers.google.com/youtube/v3/docs/playlistItems#resource */
export const itemsAnswer = z.object({
  nextPageToken: z.string().optional(),
  items: z.array(
    z.object({
      snippet: z.object({
        title: z.string(),
        /** Absent for a video that was deleted or made private. */
        videoOwnerChannelTitle: z.string().optional(),
        thumbnails: z.object({ default: thumbnail().optional(), medium: thumbnail().optional() }).default({}),
      }),
      contentDetails: z.object({ videoId: z.string().regex(/^[\w-]{11}$/) }),
      status: z.object({ privacyStatus: z.string() }).optional(),
    }),
  ),
});
export type ItemsAnswer = z.infer<typeof itemsAnswer>;
export type ListItem = ItemsAnswer['items'][number];

/** https://developers.google.com/youtube/v3/docs/videos#resource */
export const videosAnswer = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      contentDetails: z.object({
        /** ISO 8601 */
        duration: z.string().optional(),
        regionRestriction: z
          .object({ allowed: z.array(z.string()).optional(), blocked: z.array(z.string()).optional() })
          .optional(),
      }),
      status: z.object({ uploadStatus: z.string(), privacyStatus: z.string() }),
    }),
  ),
});
export type VideosAnswer = z.infer<typeof videosAnswer>;
export type VideoFacts = VideosAnswer['items'][number];

function thumbnail() {
  return z.object({ url: z.url({ protocol: /^https$/ }) });
}
