import { arPercent, arGenres as genres, arMusic as music } from './ar-names.ts';
import { isolate } from './isolate.ts';
import type { ChatWords } from './language.ts';

const date = new Intl.DateTimeFormat('ar', {
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
  numberingSystem: 'latn',
});

export const arChat: ChatWords = {
  album: (count, loudest, genre) =>
    `عدد الصور ${isolate(`${count}`)}، وقد قرأتُها معًا كأنها صورة واحدة. الصورة رقم ${isolate(`${loudest}`)} هي الأقرب إلى ${music[genre]}، ولذلك فالشرح عنها.`,
  unread: (count) =>
    count === 1 ? 'صورة واحدة تعذّرت قراءتها.' : `عدد الصور التي تعذّرت قراءتها: ${isolate(`${count}`)}.`,
  waiting: (place) => `لحظة من فضلك، رقمك في الدور ${isolate(`${place}`)}.`,
  noPicture: (genre, shown) =>
    `لم تعد صورتك متاحة لي، ولذلك ما زالت الخريطة الحرارية تخص ${music[shown]}، أما الشرح فعن ${music[genre]}.`,
  buttons: {
    why: 'لماذا ليس…؟',
    back: '‹ رجوع',
    share: 'مشاركة',
    voted: (mark) => `${mark} ✓`,
  },
  askRight: 'ما النوع الصحيح في رأيك؟',
  thanks: 'شكرًا، سُجّل رأيك.',
  thanksGenre: (genre) => `شكرًا، سُجّل رأيك: ${music[genre]}.`,
  help: {
    title: 'أرسل صورة لتصلك الموسيقى التي فيها',
    lines: [
      `${isolate('1')}. أرسل لي صورة أو ألبومًا أو ملصقًا أو ملف صورة.`,
      `${isolate('2')}. أرسل إليك نوعها الموسيقي، وخريطة حرارية تبيّن ما أثّر في النتيجة، وقائمتَي تشغيل.`,
      `${isolate('3')}. في المجموعات: رُدّ على صورة بالأمر ${isolate('/vibe')}.`,
    ],
    example: 'مثال: فنجان قهوة على طاولة خشبية، والنتيجة: جاز.',
  },
  about: {
    title: 'عن هذا البوت',
    what: 'أنظر إلى الصورة وأقول أيّ الأنواع الموسيقية الخمسة تشبه: الكلاسيكي أو الإلكتروني أو الجاز أو البوب أو الروك.',
    model: (version, backbone, accuracy) =>
      `النموذج ${isolate(version)} (${isolate(backbone)}). في صور لم يرها من قبل، حدّد النوع الصحيح في ${arPercent(accuracy)} من الحالات.`,
    privacyHeading: 'الخصوصية باختصار',
    privacy: `لا أحتفظ بصورتك أبدًا. أحتفظ لمدة ${isolate('30')} يومًا بما تحتاج إليه الأزرار: النسب وخرائط حرارية منخفضة الدقة وقياسات الألوان، والمرجع الذي تصل به منصة المحادثة نفسها إلى الصورة. ولا يرى الآخرون النتيجة إلا حيث تنشرها أو تشاركها.`,
  },
  playlist: {
    ask: 'أيّ نوع تريد؟',
    unknown: (word) => `«${isolate(word)}» ليس من الأنواع الخمسة. أيّ نوع تريد؟`,
  },
  language: {
    title: 'اللغة',
    ask: 'بأيّ لغة تريد أن أكلّمك؟',
    askChat: 'أنت من مشرفي هذه المجموعة: يمكنك أيضًا اختيار اللغة لكل من لم يختر لغته هنا.',
    forChat: (name) => `${isolate(name)} للمجموعة`,
    done: 'من الآن سأكلّمك بالعربية.',
    doneChat: 'من الآن سأتكلم العربية في هذه المجموعة، إلا مع من اختار لغة أخرى.',
    unknown: (word) => `لا أتكلم «${isolate(word)}» بعد. أيّ لغة تريد؟`,
  },
  search: {
    result: (genre, at) => `${genres[genre]}، بتاريخ ${isolate(date.format(at))}`,
    playlists: 'إرسال قوائم التشغيل',
    hint: 'أرسل لي صورة',
    nothing: 'لا يوجد هنا ما تشاركه: أرسل لي صورة',
  },
  menu: {
    vibe: 'الموسيقى التي في الصورة: رُدّ على صورة بهذا الأمر',
    playlist: 'قوائم تشغيل لنوع موسيقي، من دون صورة',
    language: 'العربية أو الإنجليزية',
    about: 'النموذج وخصوصيتك',
    help: 'طريقة الاستخدام في ثلاثة أسطر',
  },
  description:
    'أرسل لي صورة لأخبرك أيّ موسيقى فيها: كلاسيكية أو إلكترونية أو جاز أو بوب أو روك. تصلك خريطة حرارية تبيّن ما أثّر في النتيجة، والأسباب بالكلمات، وقائمتا تشغيل: عالمية وخليجية. ولا أحتفظ بصورتك.',
  shortDescription: 'أرسل صورة لتصلك الموسيقى التي فيها: النوع والخريطة الحرارية وقوائم التشغيل.',
};
