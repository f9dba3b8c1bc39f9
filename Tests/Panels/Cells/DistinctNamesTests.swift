import Testing

@testable import Panels

struct DistinctNamesTests {
  @Test(arguments: [
    (["x1", "y"], 7, ["x1", "y"]), (["sepal_length", "sepal_width"], 8, ["sepal_l…", "sepal_w…"]),
    // What the names have in common is left out.
    (["sample_length", "sample_width", "y"], 7, ["…length", "…_width", "y"]),
    (["measurement_1_mm", "measurement_2_mm"], 8, ["…nt_1_mm", "…nt_2_mm"]),
    (["aaaaaaaaaa1bbbbbbbbb", "aaaaaaaaaa2bbbbbbbbb"], 7, ["aaaaa…1", "aaaaa…2"]),
    (["sepal_length", "sepal_width", "versicolor"], 7, ["…length", "…_width", "versic…"]),
    (["same_long_name", "same_long_name"], 7, ["same_l…", "same_l…"]),
  ])
  func canBeToldApart(_ names: [String], _ width: Int, _ expected: [String]) {
    #expect(names.distinct(in: width) == expected)
  }

  @Test func noneIsWiderThanItsRoom() {
    let names = (1...120).map { "a_rather_long_name_\($0)_of_a_column" }
    for width in 1...20 { #expect(names.distinct(in: width).allSatisfy { $0.count <= width }, "\(width)") }
    #expect(Set(names.distinct(in: 8)).count == 120)
  }
}
