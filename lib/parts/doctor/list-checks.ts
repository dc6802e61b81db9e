import type { Check } from "./check";
import { browser } from "./checks/browser";
import { claudeProgram } from "./checks/claude-program";
import { claudeSignIn } from "./checks/claude-sign-in";
import { clock } from "./checks/clock";
import { consoleCheck } from "./checks/console";
import { costar } from "./checks/costar";
import { dataFolder } from "./checks/data-folder";
import { database } from "./checks/database";
import { diskSpace } from "./checks/disk-space";
import { elevation } from "./checks/elevation";
import { engine } from "./checks/engine";
import { mailAccounts } from "./checks/mail-accounts";
import { migrations } from "./checks/migrations";
import { newOutlook } from "./checks/new-outlook";
import { nodeVersion } from "./checks/node-version";
import { outlookAccounts } from "./checks/outlook-accounts";
import { outlookAnswers } from "./checks/outlook-answers";
import { outlookInstalled } from "./checks/outlook-installed";
import { outlookRunning } from "./checks/outlook-running";
import { programmaticAccess } from "./checks/programmatic-access";
import { relay } from "./checks/relay";
import { scriptHost } from "./checks/script-host";
import { sendTest } from "./checks/send-test";
import { settings } from "./checks/settings";
import { windows } from "./checks/windows";

/** Every check, in the order an operator can act on: the computer, the desk, Outlook, and at last a real mail. */
export const CHECKS: readonly Check[] = [
  ...[nodeVersion, settings, dataFolder, diskSpace, clock],
  ...[consoleCheck, database, migrations, engine, claudeProgram, claudeSignIn, browser, costar, relay],
  ...[windows, scriptHost, outlookInstalled, newOutlook, outlookRunning, elevation, programmaticAccess],
  ...[outlookAnswers, outlookAccounts],
  ...[mailAccounts, sendTest],
];
