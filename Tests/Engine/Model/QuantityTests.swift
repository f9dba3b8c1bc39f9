import Engine
import Testing

struct QuantityTests {
  @Test func everyNameReadsBack() {
    for kind in Quantity.Kind.all {
      for layer in kind.isOfLayer ? [1, 2, 10, 256] : [0] {
        let quantity = Quantity(kind, layer)
        #expect(Quantity.named(quantity.name) == quantity)
      }
      #expect(!kind.meaning.isEmpty)
    }
  }

  @Test(arguments: [
    ("dnet2", Quantity(.delta, 2)), ("a0", Quantity(.x)), ("da0", Quantity(.dx)), ("J3", Quantity(.jacobian, 3)),
    ("uw12", Quantity(.uw, 12)),
  ])
  func otherNames(name: String, quantity: Quantity) { #expect(Quantity.named(name) == quantity) }

  @Test(arguments: ["", "w", "w0", "w01", "loss1", "q2", "w-1", "w99999", "2", "W2", "w²", "w٢", "delta0"])
  func whatIsNone(name: String) { #expect(Quantity.named(name) == nil) }

  /// A constant stands for the row of its name; a name of its own would make it nothing.
  @Test(arguments: [
    (Quantity.Kind.x, "x"), (.y, "y"), (.out, "out"), (.loss, "loss"), (.rate, "rate"), (.dx, "dx"),
    (.sample, "sample"), (.w, "w"), (.b, "b"), (.net, "net"), (.a, "a"), (.da, "da"), (.delta, "delta"), (.dw, "dw"),
    (.db, "db"), (.jacobian, "J"), (.uw, "uw"), (.ub, "ub"),
  ])
  func constants(kind: Quantity.Kind, name: String) { #expect(kind == Quantity.Kind.named(name)) }

  @Test func eachNameStandsOnce() {
    #expect(Set(Quantity.Kind.all.map(\.name)).count == Quantity.Kind.all.count)
    #expect(Set(Quantity.Kind.all.map { Quantity($0, 1).shownName }).count == Quantity.Kind.all.count)
  }

  /// Whatever an optimizer keeps is a quantity of the weights and one of the biases.
  @Test(arguments: Optimizer.all.map(\.name)) func memoryIsNamedByTheOptimizers(name: String) throws {
    for memory in try #require(Optimizer.named(name)).memory {
      for parameter in [Quantity.Kind.w, .b] {
        let kind = try #require(Quantity.Kind.memory(memory.name, of: parameter))
        #expect(kind.name == memory.name + parameter.name)
        #expect(kind.memory == memory.name)
        #expect(kind.parameter == parameter)
        #expect(kind.extent == parameter.extent)
        #expect(Quantity.named(kind.name + "3") == Quantity(kind, 3))
      }
    }
  }

  @Test func gradientsSayByWhat() {
    for (kind, gradient) in [(Quantity.Kind.w, Quantity.Kind.dw), (.b, .db), (.a, .da), (.net, .delta), (.x, .dx)] {
      #expect(kind.gradient == gradient)
      #expect(gradient.gradientOf == kind)
    }
    #expect(Quantity.Kind.loss.gradient == nil)
  }

  @Test func shownNames() {
    #expect(Quantity(.delta, 1).shownName == "δ1")
    #expect(Quantity(.dw, 2).shownName == "∂w2")
    #expect(Quantity(.dx).shownName == "∂x")
    #expect(Quantity(.net, 2).shownName == "net2")
  }
}
