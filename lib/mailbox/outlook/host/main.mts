import { answerRequest } from "./answer-request.mts";
import { codeOf, failure, kindOf, messageOf } from "./failure.mts";
import { fromJson, toJson } from "./json.mts";
import { checkRequest } from "./request.mts";
import type { Progress } from "./send-mail.mts";
import { whenFree } from "./when-free.mts";

var FOR_READING = 1 as const;

function readRequestFile(): unknown {
  if (WScript.Arguments.length === 0) throw failure("invalid", "usage: outlook-host.js REQUEST.json");
  var file = new ActiveXObject("Scripting.FileSystemObject").OpenTextFile(
    WScript.Arguments.Item(0),
    FOR_READING,
  );
  var text = file.ReadAll();
  file.Close();
  try {
    return fromJson(text);
  } catch {
    throw failure("invalid", "the request is not JSON");
  }
}

/** One request, one line of answer. Returns the exit code. */
function main(): number {
  var progress: Progress = { tried: false, mayHaveLeft: false };
  try {
    var request = checkRequest(readRequestFile());
    var result = whenFree(
      () => answerRequest(request, progress),
      () => !progress.tried,
    );
    WScript.Echo(toJson({ ok: true, result: result }));
    return 0;
  } catch (error) {
    var hresult = `0x${codeOf(error).toString(16)}`;
    var what = {
      message: messageOf(error),
      kind: kindOf(error),
      hresult: hresult,
      notSent: !progress.mayHaveLeft,
    };
    WScript.Echo(toJson({ ok: false, error: what }));
    return 1;
  }
}

WScript.Quit(main());
