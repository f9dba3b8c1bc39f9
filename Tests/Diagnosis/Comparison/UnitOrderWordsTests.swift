import Testing

@testable import Diagnosis

/// How another order of units is said.
@Suite struct UnitOrderWordsTests {
  @Test func aFewUnitsAreNamed() {
    let order = UnitOrder(layer: 1, units: [1, 2, 0])
    #expect(order.list.description == "units 1 2 3 of layer 1 in the order 2 3 1")
    #expect(order.words.description == "given with units 1 2 3 of layer 1 in the order 2 3 1")
  }

  @Test func manyAreCounted() {
    let order = UnitOrder(layer: 2, units: Array((0..<9).reversed()))
    #expect(order.list.description == "the 9 units of layer 2 in the order 9 8 7 6 5 4 3 2 1")
    let large = UnitOrder(layer: 1, units: Array((0..<64).reversed()))
    #expect(large.list.description.hasSuffix(" in the order 64 63 62 61 60 59 58 57 56 55 54 53 52 51 50 49 …"))
  }

  @Test func aDoubtHasItsSlip() {
    #expect(Doubt.transposed.slip?.name == "transposed")
    #expect(Doubt.permuted.slip?.name == "permuted")
    #expect(Doubt.order(UnitOrder(layer: 1, units: [1, 0])).slip == nil)
  }
}
