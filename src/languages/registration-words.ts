/** What is said while a platform is told the commands; each one line. Commands come as people see them: '/vibe'. */
export interface RegistrationWords {
  /** One line: how to call it; `command` is what to type before the options. */
  usage(command: string): string;
  /** Over the differences. */
  readonly everywhere: string;
  /** The same for one server only. */
  inServer(id: string): string;
  added(command: string): string;
  /** `fields` differ, by the platform's names for them. */
  changed(command: string, fields: readonly string[]): string;
  removed(command: string): string;
  unchanged(command: string): string;
  readonly written: string;
  readonly nothingToDo: string;
  /** There are differences, and it was only asked to show them. */
  readonly onlyShown: string;
  /** The bot is not in this server, or may do nothing there. */
  notInServer(id: string): string;
  /** `reason` is for whoever runs it, in English. */
  unreachable(platform: string, reason: string): string;
  /** The platform says that what was asked is wrong; `reason` is in English. */
  refused(platform: string, reason: string): string;
}
