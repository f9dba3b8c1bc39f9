import Engine
import Testing

struct SettingTests {
  @Test(arguments: [("beta1", 1), ("rate", -1), ("rate", .nan), ("rate", .infinity), ("speed", 1)])
  func aValueOutsideItsRangeIsRefused(name: String, value: Double) throws {
    var choice = try OptimizerChoice.named("adam")
    let taken = choice.set(name, to: value)
    #expect(!taken)
    #expect(choice == OptimizerChoice(choice.rule))
  }

  @Test func theEndsOfTheRangeBelongToIt() throws {
    let choice = try OptimizerChoice.named("adam", ["rate": 0])
    #expect(choice["rate"] == 0)
    #expect(choice["speed"] == nil)
  }

  @Test func whatDiffersIsListed() throws {
    #expect(try OptimizerChoice.named("sgd").changed.isEmpty)
    let changed = try OptimizerChoice.named("sgd", ["weight-decay": 0.5]).changed
    #expect(changed.map(\.setting.name) == ["weight-decay"])
    #expect(changed.map(\.setting.formulaName) == ["weight_decay"])
  }

  @Test func namesAreUniqueAndRulesSayWhatTheyAre() {
    func check<Row: Rule>(_ table: Row.Type) {
      #expect(Set(Row.names).count == Row.names.count)
      for row in Row.all {
        #expect(Row.named(row.name)?.name == row.name)
        #expect(!row.meaning.isEmpty)
        let settings = row.settings.flatMap { [$0.name] + $0.aliases }
        #expect(Set(settings).count == settings.count)
        for alias in row.aliases { #expect(Row.named(alias)?.name == row.name) }
        for setting in row.settings {
          #expect(([setting.name] + setting.aliases).allSatisfy { row.setting($0) == setting })
        }
        #expect(row.settings.allSatisfy { $0.range.contains($0.initial) && !$0.meaning.isEmpty })
      }
    }
    check(Activation.self)
    check(Loss.self)
    check(Optimizer.self)
    check(Initialiser.self)
    #expect(Activation.named("nonsense") == nil)
  }
}
