/// A command that a page defines for itself: `\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}`.
struct PageMacro: Equatable {
  /// How many arguments it takes.
  let argumentCount: Int
  /// What it stands for; `#1` is its first argument.
  let body: [Character]

  /// What it stands for with its arguments put in.
  func expanded(with arguments: [String]) -> [Character] {
    var result: [Character] = []
    var place = 0
    while place < body.count {
      if body[place] == "#", place + 1 < body.count, let number = body[place + 1].wholeNumberValue,
        arguments.indices.contains(number - 1)
      {
        result += Array(arguments[number - 1])
        place += 2
      } else {
        result.append(body[place])
        place += 1
      }
    }
    return result
  }

  /// The macros that a page defines, by name.
  static func all(in characters: [Character]) -> [String: PageMacro] {
    var found: [String: PageMacro] = [:]
    var reader = MacroReader(characters)
    while let (name, macro) = reader.next() { found[name] = macro }
    return found
  }
}

/// Finds the definitions of macros.
private struct MacroReader {
  private let characters: [Character]
  private var position = 0
  private static let commands = ["newcommand", "renewcommand", "providecommand", "def", "DeclareMathOperator"]

  init(_ characters: [Character]) { self.characters = characters }

  mutating func next() -> (String, PageMacro)? {
    while let start = characters[position...].firstIndex(of: "\\") {
      position = start + 1
      let command = String(word())
      guard MacroReader.commands.contains(command) else { continue }
      if characters.indices.contains(position), characters[position] == "*" { position += 1 }
      if let found = definition(command) { return found }
    }
    return nil
  }

  private mutating func word() -> ArraySlice<Character> {
    let word = characters[position...].prefix { $0.isASCII && $0.isLetter }
    position = max(word.endIndex, position)
    return word
  }

  private mutating func skipBlanks() {
    while characters.indices.contains(position), " \t\n".contains(characters[position]) { position += 1 }
  }

  private mutating func definition(_ command: String) -> (String, PageMacro)? {
    skipBlanks()
    let isBraced = characters.indices.contains(position) && characters[position] == "{"
    if isBraced { position += 1 }
    guard characters.indices.contains(position), characters[position] == "\\" else { return nil }
    position += 1
    let name = String(word())
    if isBraced {
      guard characters.indices.contains(position), characters[position] == "}" else { return nil }
      position += 1
    }
    skipBlanks()
    var count = 0
    if command == "def" {
      while characters.indices.contains(position + 1), characters[position] == "#" {
        count += 1
        position += 2
      }
    } else if characters.indices.contains(position), characters[position] == "[",
      let close = characters[position...].prefix(6).firstIndex(of: "]"),
      let number = Int(String(characters[position + 1..<close]))
    {
      count = min(max(number, 0), 9)
      position = close + 1
    }
    skipBlanks()
    guard !name.isEmpty, let body = braced() else { return nil }
    let whole = command == "DeclareMathOperator" ? Array("\\operatorname{") + body + ["}"] : Array(body)
    return (name, PageMacro(argumentCount: count, body: whole))
  }

  /// What stands in the braces that open here.
  private mutating func braced() -> ArraySlice<Character>? {
    guard characters.indices.contains(position), characters[position] == "{" else { return nil }
    var level = 0
    for place in position..<characters.count {
      if characters[place] == "{" { level += 1 }
      if characters[place] == "}" { level -= 1 }
      if level == 0 {
        defer { position = place + 1 }
        return characters[position + 1..<place]
      }
    }
    return nil
  }
}
