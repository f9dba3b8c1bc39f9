/// A list that grows at its end and whose copies share it: to keep an earlier one costs nothing, and neither does going on
/// from a copy. A copy sees as many elements as it had; what was appended to another copy since lies behind its end.
///
/// The last element stands apart, so that replacing it leaves what is shared alone. It is behind a reference, so that a copy
/// counts two references, whatever the elements hold.
package struct Trail<Element: Sendable>: RandomAccessCollection, Sendable {
  /// Elements are only appended while it is shared, and a copy reads none behind its own end.
  private final class Storage: @unchecked Sendable {
    var elements: [Element]
    init(_ elements: [Element]) { self.elements = elements }
  }

  private final class Last: Sendable {
    let element: Element
    init(_ element: Element) { self.element = element }
  }

  private var storage = Storage([])
  private var tail: Last?
  /// How many elements there are.
  package private(set) var count = 0

  /// Where the first element stands.
  package var startIndex: Int { 0 }
  /// Behind the last element.
  package var endIndex: Int { count }

  /// An empty list.
  package init() {}

  /// A list of the elements given.
  package init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  /// An element, by its place from 0.
  package subscript(index: Int) -> Element {
    guard index == count - 1, let tail else { return storage.elements[index] }
    return tail.element
  }

  /// Puts an element behind the last one.
  package mutating func append(_ element: Element) {
    if let tail { store(tail.element) }
    tail = Last(element)
    count += 1
  }

  /// Puts an element in place of the last one.
  mutating func replaceLast(_ element: Element) {
    guard count > 0 else { return append(element) }
    tail = Last(element)
  }

  /// Leaves so many elements at most.
  package mutating func truncate(to count: Int) {
    guard count < self.count else { return }
    self.count = Swift.max(count, 0)
    tail = self.count > 0 ? Last(storage.elements[self.count - 1]) : nil
  }

  /// The element before the end goes where all copies see it. Where another copy has put one there before, the beginning
  /// is copied, as it is in a tree that forks.
  private mutating func store(_ element: Element) {
    let stored = count - 1
    if storage.elements.count > stored {
      if isKnownUniquelyReferenced(&storage) {
        storage.elements.removeLast(storage.elements.count - stored)
      } else {
        storage = Storage(Array(storage.elements.prefix(stored)))
      }
    }
    storage.elements.append(element)
  }
}
