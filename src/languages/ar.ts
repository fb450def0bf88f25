import type { AdminWords } from './admin-words.ts';
import { arChat } from './ar-chat.ts';
import { arExplanation } from './ar-explanation.ts';
import { arPercent, arGenres as genres, arMusic as music, arRegions as regions } from './ar-names.ts';
import { arPrivacy } from './ar-privacy.ts';
import { isolate } from './isolate.ts';
import type { CardWords, StartWords, TerminalWords, Words } from './language.ts';
import { percentage } from './percentage.ts';
import type { RegistrationWords } from './registration-words.ts';

const formats = (...names: readonly string[]): string => names.map(isolate).join(' أو ');

const card: CardWords = {
  title: (genre, share) => `${genres[genre]} · ${arPercent(share)}`,
  blend: (first, second) => `بين ${music[first]} و${music[second]}`,
  asked: (genre, share) => `لماذا ${music[genre]}؟ · ${arPercent(share)}`,
  winner: (genre, share) => `الأقرب إلى هذه الصورة: ${music[genre]} · ${arPercent(share)}`,
  scores: 'الأنواع الخمسة',
  photoHeading: 'لماذا هذه الصورة؟',
  heatmapHeading: 'إلى ماذا نظر النموذج؟',
  heatmap: 'الخريطة الحرارية',
  photo: 'الصورة كما قرأتُها',
  legend: 'في الخريطة الحرارية: الأصفر للأكثر أثرًا، والبنفسجي لقليل الأثر، وما بقي بلا لون لم يكد يؤثر.',
  standIn: 'هذا الشرح من الواصف المدمج.',
  playlistsHeading: 'قوائم التشغيل',
  elsewhereHeading: 'وأيضًا على',
  playlist: (genre, region) => `${genres[genre]} · ${regions[region]}`,
  pending: 'لحظة من فضلك…',
  unavailable: 'غير متاح حاليًا.',
};

const terminal: TerminalWords = {
  usage: (command) =>
    `طريقة الاستخدام: ${isolate(`${command} <photo…> [--why <genre>] [--lang <en|ar>] [--json] [--out <folder>]`)}`,
  noPhoto: `لم تُحدَّد أي صورة. اكتب اسم ملف الصورة، مثل ${isolate('photo.jpg')}.`,
  unknownOption: (option) => `الخيار ${isolate(option)} غير معروف.`,
  missingValue: (option) => `الخيار ${isolate(option)} يحتاج إلى قيمة بعده.`,
  unknownGenre: (name) =>
    `«${isolate(name)}» ليس من الأنواع الخمسة: ${isolate(Object.keys(genres).join(', '))}.`,
  unknownLanguage: (name) =>
    `اللغة «${isolate(name)}» غير متاحة. اختر ${isolate('en')} للإنجليزية أو ${isolate('ar')} للعربية.`,
  unusableFolder: (folder) =>
    `لا يمكن الكتابة في المجلد «${isolate(folder)}». اختر مجلدًا آخر بالخيار ${isolate('--out')}.`,
};

const start: StartWords = {
  unreadableSettings: (file) =>
    `لا يمكن قراءة ${isolate(file)}. يجب أن يكون ملفًا نصيًا كما في ${isolate('.env.example')}.`,
  unusableSettings: (settings) =>
    `هذه الإعدادات غير صالحة: ${settings.map(isolate).join('، ')}. راجع ${isolate('.env.example')}.`,
  unusableModel: (reason) =>
    `لا يمكن استخدام النموذج في المجلد ${isolate('models/')} (${isolate(reason)}). ثبّت البرنامج من جديد.`,
  unusablePlaylists: (reason) =>
    `لا يمكن استخدام ${isolate('PLAYLISTS_FILE')} ‏(${isolate(reason)}). شكل الملف في ${isolate('src/services/playlists.json')}.`,
  unusableState: (folder, reason) =>
    `لا يمكن حفظ حالة البرنامج في «${isolate(folder)}» (${isolate(reason)}). عيّن في ${isolate('STATE_DIR')} مجلدًا يمكن الكتابة فيه.`,
  refusedToken: (platform, setting) =>
    `رفضت منصة ${isolate(platform)} الرمز الموجود في ${isolate(setting)}. احصل على رمز جديد ثم شغّل البرنامج مرة أخرى.`,
  refusedIntents: (platform) =>
    `رفضت منصة ${isolate(platform)} صلاحيات الاستقبال (${isolate('intents')}) لهذا البوت. تحقق في بوابة المطورين من أن الرمز يخص هذا البوت.`,
  unusablePort: (host, port) =>
    `لا يمكن الاستماع على ${isolate(`${host}:${port}`)}. عيّن في ${isolate('PORT')} و${isolate('HOST')} منفذًا وعنوانًا متاحين.`,
  otherPoller: (platform) =>
    `برنامج آخر يتصل بمنصة ${isolate(platform)} بالرمز نفسه. أوقفه، أو استخدم رمزًا خاصًا بهذا البرنامج.`,
  noToken: (settings) =>
    `لا توجد منصة للاتصال بها: عيّن ${settings.map(isolate).join(' أو ')} في ملف ${isolate('.env')} أو في متغيرات البيئة.`,
  noTokenNorSecret: (settings, secret, reason) =>
    `لا توجد منصة للاتصال بها، ولا يمكن قراءة السر «${isolate(secret)}» (${isolate(reason)}). اجعله قابلًا للقراءة، أو عيّن ${settings.map(isolate).join(' أو ')} في ملف ${isolate('.env')} أو في متغيرات البيئة.`,
  unreadableSecret: (secret, reason) =>
    `سيعمل البرنامج دون السر «${isolate(secret)}» لأنه لا يمكن قراءته (${isolate(reason)}).`,
};

const admin: AdminWords = {
  title: 'لمن يشغّل هذا البوت',
  deadPlaylist: (genre, region, list) =>
    `قائمة التشغيل ${isolate(card.playlist(genre, region))} (${isolate(list)}) حُذفت أو صارت فارغة. حلّت محلها القائمة الاحتياطية.`,
  deadBackup: (genre, region, list) =>
    `القائمة الاحتياطية لقائمة ${isolate(card.playlist(genre, region))} (${isolate(list)}) حُذفت أو صارت فارغة كذلك، ولم تبقَ لها قائمة.`,
  mendPlaylists: `يمكن تحديد قائمة أخرى في ملف يسمّيه الإعداد ${isolate('PLAYLISTS_FILE')}.`,
};

const registration: RegistrationWords = {
  usage: (command) => `طريقة الاستخدام: ${isolate(`${command} [--guild <server id>] [--dry-run]`)}`,
  everywhere: 'الأوامر في كل مكان:',
  inServer: (id) => `الأوامر في الخادم ${isolate(id)}:`,
  added: (command) => `+ ${isolate(command)} جديد`,
  changed: (command, fields) => `~ ${isolate(command)} يتغيّر: ${fields.map(isolate).join('، ')}`,
  removed: (command) => `- ${isolate(command)} يُحذف`,
  unchanged: (command) => `= ${isolate(command)} باقٍ كما هو`,
  written: 'سُجّلت الأوامر.',
  nothingToDo: 'لا شيء يحتاج إلى تغيير.',
  onlyShown: 'هذا عرض فقط: لم يتغيّر شيء.',
  notInServer: (id) =>
    `البوت ليس في الخادم ${isolate(id)}، أو لا يُسمح له بتسجيل الأوامر فيه. أضفه إلى الخادم أولًا.`,
  unreachable: (platform, reason) =>
    `تعذّر الوصول إلى منصة ${isolate(platform)} (${isolate(reason)}). حاول مرة أخرى لاحقًا.`,
  refused: (platform, reason) => `رفضت منصة ${isolate(platform)} الأوامر (${isolate(reason)}).`,
};

export const ar: Words = {
  language: 'ar',
  name: 'العربية',
  direction: 'rtl',
  genres,
  regions,
  percent: (share) => isolate(percentage(share) ?? '<1%'),
  errors: {
    'not-found': ({ name }) => `لم أجد الملف «${isolate(name)}». هل المسار صحيح؟`,
    'not-a-file': ({ name }) => `«${isolate(name)}» ليس ملفًا. أعطني صورة واحدة.`,
    empty: () => 'هذا الملف فارغ. أرسل الصورة مرة أخرى من فضلك.',
    'not-an-image': () =>
      `هذا الملف ليس صورة. أرسل صورة بصيغة ${formats('JPEG', 'PNG', 'WebP', 'GIF', 'AVIF', 'HEIC')} من فضلك.`,
    'unsupported-format': ({ format }) =>
      `لا أستطيع قراءة ملفات ${isolate(format)}. أرسل الصورة بصيغة ${formats('JPEG', 'PNG', 'WebP')} من فضلك.`,
    'too-large': ({ maxMegabytes, maxMegapixels }) =>
      `هذه الصورة كبيرة جدًا. الحد الأقصى ${isolate(`${maxMegabytes}`)} ميغابايت و${isolate(`${maxMegapixels}`)} ميغابكسل.`,
    unreadable: () =>
      'لا أستطيع فتح هذه الصورة: قد تكون تالفة، أو لا يُسمح لي بقراءتها. أرسلها مرة أخرى أو جرّب صورة غيرها.',
    'timed-out': () => 'استغرق فتح هذه الصورة وقتًا أطول من اللازم. جرّب نسخة أصغر منها.',
    busy: () => 'صور كثيرة تنتظر دورها الآن. حاول مرة أخرى بعد دقيقة.',
    'slow-down': ({ seconds }) => `طلبات كثيرة في وقت قصير. حاول مرة أخرى بعد ${isolate(`${seconds}`)} ث.`,
    'too-large-here': ({ maxMegabytes }) =>
      `هذا الملف كبير جدًا: لا تصلني هنا ملفات تزيد على ${isolate(`${maxMegabytes}`)} ميغابايت. أرسله على هيئة صورة، أو أرسل نسخة أصغر.`,
    'picture-gone': () => 'لم تعد هذه الصورة متاحة لي. أرسلها مرة أخرى من فضلك.',
    'no-still': () => 'لا توجد هنا صورة ثابتة أستطيع قراءتها. أرسل صورة من فضلك.',
    'no-photo': () => `أيّ صورة؟ أرسل ${isolate('/vibe')} ردًّا عليها.`,
    'no-picture-here': () => 'لا توجد في هذه الرسالة صورة أستطيع قراءتها.',
    'hidden-picture': () =>
      `لا أستطيع رؤية صور تلك الرسالة. انقر عليها بالزر الأيمن، أو اضغط عليها مطوّلًا، ثم اختر التطبيقات ▸ ${isolate('Get the vibe')}.`,
    'may-not-post': () => 'لا يُسمح لي بالنشر هنا. يستطيع من يدير هذه القناة تغيير ذلك.',
    'nobody-else': () => 'لا يقرأ هذه المحادثة سوانا. لتُريها لغيرك، أعد توجيه الرسالة.',
    'no-tracks': () => 'لا أستطيع جلب الأغاني الآن، أما رابط القائمة فيعمل.',
    'stale-button': () => 'لم يعد هذا الزر يعمل. أرسل الصورة مرة أخرى.',
    'not-yours': () => 'هذا الزر لمن أرسل الصورة فقط.',
    'not-alone': () => 'يقرأ هذه المحادثة غيرنا. اطلب ذلك مني في محادثة خاصة.',
    'not-manager': () => 'هذا الخيار لمشرفي هذه المجموعة فقط.',
  },
  notes: { truncated: 'جزء من هذا الملف مفقود، لذلك اعتمدتُ على ما وصل منه فقط.' },
  apology: 'عذرًا، حدث خطأ من جانبي. حاول مرة أخرى من فضلك.',
  card,
  chat: arChat,
  privacy: arPrivacy,
  admin,
  terminal,
  start,
  registration,
  explanation: arExplanation,
};
