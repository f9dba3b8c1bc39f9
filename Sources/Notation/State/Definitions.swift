import Engine

/// A name that `let` gave an expression, or a function of some arguments.
package struct Definition: Equatable, Sendable {
  /// The name.
  package let name: String
  /// The arguments of a function, in order; none of what is no function.
  package let parameters: [String]
  /// What it stands for.
  package let expression: Expression

  /// A name for an expression, or for what it makes of arguments.
  package init(_ name: String, of parameters: [String] = [], _ expression: Expression) {
    self.name = name
    self.parameters = parameters
    self.expression = expression
  }

  /// How many functions may stand in one another's bodies.
  static let deepest = 64

  /// Whether it is a function.
  package var isFunction: Bool { !parameters.isEmpty }

  /// Why a call with so many arguments is none; nil where it is one.
  func complaint(aboutArguments count: Int) -> Text? {
    count == parameters.count
      ? nil : "\(usage) takes \(counted(parameters.count, "argument")), not \(count)"
  }
}

/// The names that `let` gave, found by name however many there are. Copies share them: to keep what stood before a line
/// costs nothing, and neither does going on from there.
package struct Definitions: Sendable {
  /// An expression with what `let` gave in the place of each name, so that it means the same where nobody knows them.
  package func writtenOut(in expression: Expression) -> Expression {
    var (written, meaning) = (expression, [String: Expression]())
    for definition in all { meaning[definition.name] = self[definition.name] }
    // What a name stands for may have names in it; circles there are none.
    for _ in 0..<16 where !meaning.isEmpty {
      let next = written.replacing(meaning)
      if next == written { break }
      written = next
    }
    return written
  }

  /// A definition, and where the one before it of the same name stands.
  private struct Given {
    let definition: Definition
    let before: Int?
  }

  /// Where another copy can see it, it is only appended to, behind the end of every copy.
  private final class Storage: @unchecked Sendable {
    var given: [Given] = []
    /// Where the last one of each name stands.
    var last: [String: Int] = [:]

    func append(_ definition: Definition) {
      given.append(Given(definition: definition, before: last.updateValue(given.count, forKey: definition.name)))
    }

    func removeLast() {
      guard let taken = given.popLast() else { return }
      last[taken.definition.name] = taken.before
    }
  }

  private var storage = Storage()
  /// How many this copy sees, those that others of the same name have replaced among them.
  private var count = 0

  /// No names.
  package init() {}

  /// Definitions in the order given.
  package init(_ definitions: some Sequence<Definition>) {
    for definition in definitions { define(definition) }
  }

  /// What a name stands for, or nil where none was given to it, or it is a function's.
  package subscript(name: String) -> Expression? {
    guard let found = definition(of: name), !found.isFunction else { return nil }
    return found.expression
  }

  /// The function of that name, or nil where there is none.
  package func function(_ name: String) -> Definition? {
    guard let found = definition(of: name), found.isFunction else { return nil }
    return found
  }

  /// What a name was given last.
  package func definition(of name: String) -> Definition? { place(of: name).map { storage.given[$0].definition } }

  /// The definitions that stand, in the order in which they were given.
  package var all: [Definition] {
    (0..<count).compactMap { index in
      let definition = storage.given[index].definition
      return place(of: definition.name) == index ? definition : nil
    }
  }

  /// Gives a name an expression, in place of the one that it had. Where another copy has gone on from here before, the
  /// beginning is copied.
  package mutating func define(_ definition: Definition) {
    if storage.given.count > count {
      if isKnownUniquelyReferenced(&storage) {
        while storage.given.count > count { storage.removeLast() }
      } else {
        let shared = storage
        storage = Storage()
        for given in shared.given[..<count] { storage.append(given.definition) }
      }
    }
    storage.append(definition)
    count += 1
  }

  private func place(of name: String) -> Int? {
    var place = storage.last[name]
    while let found = place, found >= count { place = storage.given[found].before }
    return place
  }
}

extension Definitions: Equatable {
  /// Whether the same names stand for the same, given in the same order.
  package static func == (one: Definitions, other: Definitions) -> Bool {
    one.storage === other.storage && one.count == other.count || one.all == other.all
  }
}
