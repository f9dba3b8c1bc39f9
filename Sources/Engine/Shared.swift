/// A value that its copies share until one of them changes it, so that a copy of a large one costs next to nothing.
@propertyWrapper
package struct Shared<Value: Sendable>: Sendable {
  @usableFromInline
  final class Storage: @unchecked Sendable {
    // Whoever changes it owns it alone, so that nobody reads it meanwhile.
    @usableFromInline @exclusivity(unchecked) var value: Value

    @usableFromInline
    init(_ value: Value) { self.value = value }
  }

  @usableFromInline var storage: Storage

  /// Shares a value with nobody yet.
  @inlinable
  package init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  /// Whether both hold one and the same copy, so that nothing was changed in either since.
  package func isOne(with other: Shared) -> Bool { storage === other.storage }

  /// What is shared, to be kept as it is for as long as somebody wants.
  @inlinable
  package var projectedValue: Shared {
    get { self }
    set { self = newValue }
  }

  /// The value; to change it parts it from the copies.
  @inlinable
  package var wrappedValue: Value {
    // Lent, so that reading a part of it copies no other; and inlined where it is used, since whoever does not know the type
    // takes long over it.
    _read { yield storage.value }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
      yield &storage.value
    }
  }
}

extension Shared: Equatable where Value: Equatable {
  /// Whether two are the same; asks no more where they share it.
  package static func == (one: Shared, other: Shared) -> Bool {
    one.storage === other.storage || one.wrappedValue == other.wrappedValue
  }
}
