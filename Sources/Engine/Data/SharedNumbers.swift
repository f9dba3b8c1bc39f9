/// Numbers that grow at their end and whose copies share them: to keep what there was before costs nothing, and neither does
/// going on from there. A copy sees as many as it had; what was appended to another copy since lies behind its end.
struct SharedNumbers: Equatable, Sendable {
  /// Where another copy can see it, it is only appended to, behind the end of every copy.
  private final class Storage: @unchecked Sendable {
    @exclusivity(unchecked) var elements: [Double]
    init(_ elements: [Double]) { self.elements = elements }
  }

  private var storage = Storage([])
  /// How many there are.
  private(set) var count = 0

  /// All of them.
  var array: [Double] { storage.elements.count == count ? storage.elements : Array(storage.elements.prefix(count)) }

  /// Some of them; the slice's indices are those of the whole.
  subscript(range: Range<Int>) -> ArraySlice<Double> { storage.elements[range] }

  /// One of them.
  subscript(index: Int) -> Double {
    get { storage.elements[index] }
    set {
      own()
      storage.elements[index] = newValue
    }
  }

  /// Puts numbers behind the last one. Where another copy has put some there before, the beginning is copied.
  mutating func append(contentsOf numbers: some Collection<Double>) {
    if storage.elements.count > count { own() }
    storage.elements.append(contentsOf: numbers)
    count += numbers.count
  }

  /// Puts one behind the last one.
  mutating func append(_ number: Double) {
    // Another copy may have put the same there.
    if storage.elements.count > count, storage.elements[count].bitPattern != number.bitPattern { own() }
    if storage.elements.count == count { storage.elements.append(number) }
    count += 1
  }

  /// Takes the last one away, and gives it; nil where there is none.
  mutating func popLast() -> Double? {
    guard count > 0 else { return nil }
    count -= 1
    return storage.elements[count]
  }

  /// Takes some out; those behind them move up.
  mutating func removeSubrange(_ range: Range<Int>) {
    own()
    storage.elements.removeSubrange(range)
    count -= range.count
  }

  /// Changes each of them, by its index.
  mutating func update(_ change: (Int, Double) -> Double) {
    own()
    for index in 0..<count { storage.elements[index] = change(index, storage.elements[index]) }
  }

  /// Reads them where they lie.
  @inline(__always)
  func withUnsafeBufferPointer<Result>(_ read: (UnsafeBufferPointer<Double>) -> Result) -> Result {
    storage.elements.withUnsafeBufferPointer { read(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// Makes them this copy's alone, with nothing behind its end.
  private mutating func own() {
    if !isKnownUniquelyReferenced(&storage) {
      storage = Storage(Array(storage.elements.prefix(count)))
    } else if storage.elements.count > count {
      storage.elements.removeLast(storage.elements.count - count)
    }
  }

  static func == (one: SharedNumbers, other: SharedNumbers) -> Bool {
    guard one.count == other.count else { return false }
    return one.storage === other.storage || one[0..<one.count] == other[0..<other.count]
  }
}
