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
    `قرأتُ الصور معًا كأنها صورة واحدة (عددها ${isolate(`${count}`)}). الصورة رقم ${isolate(`${loudest}`)} هي الأقرب إلى ${music[genre]}، ولذلك فالكلام عنها.`,
  unread: (count) =>
    count === 1
      ? 'لم أتمكن من قراءة صورة واحدة.'
      : `لم أتمكن من قراءة بعض الصور (عددها ${isolate(`${count}`)}).`,
  waiting: (place) => `لحظة من فضلك، رقمك في الدور ${isolate(`${place}`)}.`,
  noPicture: (genre, shown) =>
    `لم تعد صورتك متاحة لي، ولذلك ما زالت الخريطة تخص ${music[shown]}، أما الكلام فعن ${music[genre]}.`,
  buttons: {
    why: 'ولماذا ليس…؟',
    back: '‹ رجوع',
    share: 'مشاركة',
    voted: (mark) => `${mark} ✓`,
  },
  askRight: 'ما النوع الصحيح في رأيك؟',
  thanks: 'شكرًا، سُجّل رأيك.',
  thanksGenre: (genre) => `شكرًا، سُجّل رأيك: ${music[genre]}.`,
  help: {
    title: 'أرسل صورة، وخذ الموسيقى التي فيها',
    lines: [
      `${isolate('1')}. أرسل لي صورة أو ألبومًا أو ملصقًا أو ملف صورة.`,
      `${isolate('2')}. أجيبك بنوعها الموسيقي وخريطة حرارية تبيّن ما أثّر في الحكم وقائمتَي تشغيل.`,
      `${isolate('3')}. في المجموعات: رُدّ على الصورة بالأمر ${isolate('/vibe')}.`,
    ],
    example: 'مثال: فنجان قهوة على طاولة خشبية، والجواب: جاز.',
  },
  about: {
    title: 'عن هذا البوت',
    what: 'أنظر إلى الصورة وأقول أيّ الأنواع الخمسة تشبه: الكلاسيكية أو الإلكترونية أو الجاز أو البوب أو الروك.',
    model: (version, backbone, accuracy) =>
      `النموذج ${isolate(version)} (${isolate(backbone)}). في صور لم يرها من قبل أصاب النوع في ${arPercent(accuracy)} من الحالات.`,
    privacyHeading: 'الخصوصية باختصار',
    privacy:
      'لا أحتفظ بصورتك أبدًا. أحتفظ ثلاثين يومًا بما تحتاج إليه الأزرار فقط: النسب وخرائط حرارية تقريبية وقياسات الألوان، والمرجع الذي تجد به المحادثة نفسُها الصورة. ولا يرى غيرك النتيجة إلا حيث تنشرها أنت أو تشاركها.',
  },
  playlist: {
    ask: 'أيّ نوع تريد؟',
    unknown: (word) => `«${isolate(word)}» ليس من الأنواع الخمسة. أيّ نوع تريد؟`,
  },
  language: {
    title: 'اللغة',
    ask: 'بأيّ لغة تريد أن أكلّمك؟',
    askChat: 'أنت من مشرفي هذه المجموعة: يمكنك أيضًا أن تختار لكل من لم يختر لغته هنا.',
    forChat: (name) => `${isolate(name)} للمجموعة`,
    done: 'من الآن أكلّمك بالعربية.',
    doneChat: 'من الآن أتكلم العربية في هذه المجموعة، إلا مع من اختار لغة أخرى.',
    unknown: (word) => `لا أتكلم «${isolate(word)}» بعد. أيّ لغة تريد؟`,
  },
  search: {
    result: (genre, at) => `${genres[genre]}، بتاريخ ${isolate(date.format(at))}`,
    playlists: 'أرسل قوائم التشغيل',
    hint: 'أرسل لي صورة',
    nothing: 'لا شيء هنا لمشاركته: أرسل لي صورة',
  },
  menu: {
    vibe: 'الموسيقى في صورة: أرسله ردًّا عليها',
    playlist: 'قوائم تشغيل نوع موسيقي، من دون صورة',
    language: 'العربية أو الإنجليزية',
    about: 'النموذج وخصوصيتك',
    help: 'طريقة الاستخدام في ثلاثة أسطر',
  },
  description:
    'أرسل لي صورة أقل لك أيّ موسيقى فيها: كلاسيكية أو إلكترونية أو جاز أو بوب أو روك. تصلك خريطة حرارية تبيّن ما أثّر، والأسباب بالكلمات، وقائمتا تشغيل: عالمية وخليجية. ولا أحتفظ بصورتك.',
  shortDescription: 'أرسل صورة وخذ الموسيقى التي فيها: النوع وخريطة حرارية وقوائم تشغيل.',
};
