import Engine
import Testing

struct QuantityTests {
  @Test func everyNameReadsBack() {
    for kind in Quantity.Kind.allCases {
      for layer in kind.isOfLayer ? [1, 2, 10, 256] : [0] {
        let quantity = Quantity(kind, layer)
        #expect(Quantity.named(quantity.name) == quantity)
      }
      #expect(!kind.meaning.isEmpty)
    }
  }

  @Test(arguments: [
    ("dnet2", Quantity(.delta, 2)), ("a0", Quantity(.x)), ("da0", Quantity(.dx)), ("J3", Quantity(.jacobian, 3)),
    ("vmaxw1", Quantity(.vmaxw, 1)), ("uw12", Quantity(.uw, 12)), ("holdout-accuracy", Quantity(.holdoutAccuracy)),
  ])
  func otherNames(name: String, quantity: Quantity) { #expect(Quantity.named(name) == quantity) }

  @Test(arguments: ["", "w", "w0", "w01", "loss1", "q2", "w-1", "w99999", "2", "W2", "w²", "w٢", "delta0"])
  func whatIsNone(name: String) { #expect(Quantity.named(name) == nil) }

  @Test func shownNames() {
    #expect(Quantity(.delta, 1).shownName == "δ1")
    #expect(Quantity(.dw, 2).shownName == "∂w2")
    #expect(Quantity(.dx).shownName == "∂x")
    #expect(Quantity(.net, 2).shownName == "net2")
  }
}
