import Engine
import Notation

// What to say about a line that begins with no command.
extension Session {
  /// What its first word was probably meant for.
  static func complaint(about line: Line) -> Text {
    let word = line.words.first?.text ?? ""
    // The colon that opens the prompt on the screen, typed into it or into a file.
    let plain = word.hasPrefix(":") ? String(word.dropFirst()) : word
    if let command = Command.known(elsewhereAs: plain) {
      return "\(word) is not a command; here it is called \(command.name): \(command.usage)"
    }
    if plain != word, let command = Command.named(plain) ?? Command.shortFor(plain) {
      return "a line begins without a colon: \(command.name)"
    }
    let name = String(word.prefix { $0 != "=" && $0 != "[" })
    let isAssigned = word.contains("=") || line.words.dropFirst().first?.text == "="
    if isAssigned, let command = Command.named(name) { return "\(name) takes no =: \(command.usage)" }
    let isKnown = Quantity.named(name) != nil || SessionSetting.named(name) != nil
    if isAssigned, isKnown { return "\(word) is not a command; set \(line.spoken)?" }
    let near = suggestion(for: word, among: Command.all.map(\.name))
    if near.isEmpty, isAssigned, whyTaken(name) == nil { return "\(word) is not a command; let \(line.spoken)?" }
    if near.isEmpty, isKnown { return "\(word) is not a command; print \(word)? help lists the commands" }
    if let command = Command.shortFor(word) {
      return "\(word) is short for \(command.name) at the prompt only; a file says \(command.name)"
    }
    return "\(word) is not a command\(near.isEmpty ? "; help lists them" as Text : near)"
  }
}
