import Engine
import Notation

// What to say about a line that begins with no command.
extension Session {
  /// What its first word was probably meant for.
  static func complaint(about line: Line) -> Text {
    let word = line.words.first?.text ?? ""
    if let saying = Saying.about(word) { return "\(word) is not a command; \(saying)" }
    // The colon that opens the prompt on the screen, typed into it or into a file.
    let plain = word.hasPrefix(":") ? String(word.dropFirst()) : word
    if let command = Command.known(elsewhereAs: plain) {
      return "\(word) is not a command; here it is called \(command.name): \(command.usage)"
    }
    if plain != word, let command = Command.named(plain) ?? Command.shortFor(plain) {
      return "a line begins without a colon: \(command.name)"
    }
    if let complaint = complaintAboutCall(line) { return complaint }
    return complaintAboutAssignment(line) ?? complaintAboutWord(word)
  }

  /// A line in the manner of a call, `print(a1)` or `model.fit(10)`, as it is written here; nil of any other.
  private static func complaintAboutCall(_ line: Line) -> Text? {
    let text = line.spoken
    let caller = String(text.prefix { $0.isLetter || $0.isNumber || "._-!".contains($0) })
    let rest = text.dropFirst(caller.count)
    let name = withoutModule(caller).lowercased()
    guard rest.first == "(" || caller.contains(".") else { return nil }
    guard let command = Command.named(name) ?? Command.known(elsewhereAs: caller) else { return nil }
    var inside = String(rest)
    if inside.hasPrefix("("), inside.hasSuffix(")") { inside = String(inside.dropFirst().dropLast()) }
    // What takes expressions has a use for commas; what takes words has none, nor for quotes.
    if !command.usage.contains("EXPR"), !command.usage.contains("COND") {
      inside = inside.filter { !"'\"".contains($0) }.split { $0 == "," || $0 == " " }.joined(separator: " ")
    }
    let own = inside.isEmpty ? command.name : "\(command.name) \(inside)"
    return name == command.name
      ? "what belongs to a command stands behind it, without brackets: \(own)"
      : "\(caller) is not a command; here it is called \(command.name): \(command.usage)"
  }

  /// A line that gives something a value without saying by which command; nil of any other.
  private static func complaintAboutAssignment(_ line: Line) -> Text? {
    let word = line.words.first?.text ?? ""
    let sign = line.words.dropFirst().first?.text ?? ""
    guard word.contains("=") || ["=", ":=", "<-", "←"].contains(sign) else { return nil }
    let name = String(word.prefix { !"=[:(".contains($0) })
    if word.contains("(") { return "\(word) is not a command; let NAME = EXPR gives an expression a name" }
    if let command = Command.named(name) { return "\(name) takes no =: \(command.usage)" }
    if Quantity.named(name) != nil || SessionSetting.named(name) != nil {
      return "\(word) is not a command; set \(line.spoken.replacing(":=", with: "=").replacing("<-", with: "="))?"
    }
    if let command = Command.known(elsewhereAs: name) {
      return "\(name) is not a command; here it is called \(command.name): \(command.usage)"
    }
    if let complaint = Saying.about(name).map({ "\(name) is not a command; \($0)" as Text }) ?? Help.place(of: name) {
      return complaint
    }
    let near = suggestion(for: word, among: Command.all.map(\.name))
    return near.isEmpty && whyTaken(name) == nil ? "\(word) is not a command; let \(line.spoken)?" : nil
  }

  private static func complaintAboutWord(_ word: String) -> Text {
    let near = suggestion(for: word, among: Command.all.map(\.name))
    if near.isEmpty {
      if Quantity.named(word) != nil || SessionSetting.named(word) != nil {
        return "\(word) is not a command; print \(word)? help lists the commands"
      }
      if let place = Help.place(of: word) { return place }
    }
    if let command = Command.shortFor(word) {
      return "\(word) is short for \(command.name) at the prompt only; a file says \(command.name)"
    }
    return "\(word) is not a command\(near.isEmpty ? "; help lists them" as Text : near)"
  }
}

/// What other programs have a word for that no one command here does: a row of a table.
struct Saying: Sendable {
  /// The words.
  let words: Set<String>
  /// What is to be done here, as the end of a sentence.
  let text: Text

  /// What to say about a word; nil where nothing is known of it.
  static func about(_ word: String) -> Text? {
    let name = String(word.prefix { $0 != "(" })
    return all.first { $0.words.contains(name) }?.text
  }

  /// Every one; a new one is one entry.
  static let all = [
    Saying(words: [":wq", ":x", "wq", "ZZ"], text: "save FILE writes the session, and quit leaves"),
    Saying(
      words: ["import", "from", "using", "include", "require", "pip"],
      text: "nothing has to be imported: help functions lists what can be called"),
    Saying(
      words: ["optimizer.zero_grad", "zero_grad", "model.zero_grad"],
      text: "every iteration forms its gradients anew, so that there is nothing to zero"),
    Saying(
      words: ["loss.backward", "backprop", "backpropagate"], text: "backward goes to the end of the backward pass"),
    Saying(words: ["optimizer.step"], text: "update goes to the end of the update"),
    Saying(
      words: ["for", "while", "repeat", "loop"],
      text: "run 100 epochs trains so long, and run until loss < 0.1 stops in time"),
    Saying(
      words: ["model.compile", "compile"], text: "loss NAME and optimizer NAME are two lines, and nothing is compiled"),
    Saying(
      words: ["model.summary", "summary", "print(model)", "model"],
      text: "show network draws it, and show session lists its lines"),
    Saying(
      words: ["activation", "act"],
      text: "an activation is its layer's: dense 4 relu adds a layer, and layer 1 dense 4 tanh makes layer 1 another"),
    Saying(
      words: ["output", "outputs", "hidden"], text: "dense N ACTIVATION adds a layer; the last one is the output"),
    Saying(words: ["random"], text: "seeds belong to their lines: init xavier seed=3, order shuffle seed=3"),
    Saying(
      words: ["play", "playing"],
      text:
        "Space plays on the screen, stride after stride: < and > choose the stride, - and + from one in two seconds to flat out, r turns it round, and a breakpoint stops it; in a file step N and run N go on"
    ),
    Saying(
      words: ["stop", "interrupt", "abort", "cancel"],
      text:
        "Esc or Ctrl-C stops what is under way, between two steps: what was done stays, and the line recorded says how far it came; break COND stops continue and playing where something holds, and quit leaves"
    ),
    Saying(
      words: ["time", "timeline"],
      text:
        "step, back and run move along the line of time, goto jumps, mark names a place, break and continue stop where something holds, and at(STEP, EXPR) reads another step; a change in the past begins another future, which branches lists"
    ),
    Saying(
      words: ["cd", "pwd", "!", "!ls"], text: "files are named from the folder that backstep was started in"),
  ]
}
