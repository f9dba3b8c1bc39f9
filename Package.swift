// swift-tools-version: 6.0
import PackageDescription

// The targets stand in the order that data goes through them; each may import only what stands above it.
// `swift build --explicit-target-dependency-import-check error` holds them to it.

// Sums are fused on every machine, so that their bits are the same (Sources/Engine/Accumulation.swift): on x86 that takes
// the instructions that its processors have had since 2013.
#if arch(x86_64)
  let arithmetic: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]
#else
  let arithmetic: [SwiftSetting] = []
#endif

// What works with numbers is optimised in debug builds too, each module as a whole, since the tests spend their time there. Two
// threads make a file of each source's code, as an index wants it.
let fast: [SwiftSetting] =
  arithmetic + [.unsafeFlags(["-O", "-whole-module-optimization", "-num-threads", "2"], .when(configuration: .debug))]

let package = Package(
  name: "backstep",
  products: [.executable(name: "backstep", targets: ["backstep"])],
  targets: [
    // Vectors as wide as the processor's, each kernel by itself.
    .target(name: "CKernels"),
    .target(name: "Engine", dependencies: ["CKernels"], swiftSettings: fast),
    .target(name: "Notation", dependencies: ["Engine"], swiftSettings: fast),
    .target(name: "Diagnosis", dependencies: ["Engine", "Notation"], swiftSettings: fast),
    .target(name: "Panels", dependencies: ["Engine", "Notation", "Diagnosis"], swiftSettings: fast),
    // zlib, as Debian's zlib1g-dev has it.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Formats", dependencies: ["Engine", "Notation", "CZlib"], swiftSettings: fast),
    .target(
      name: "Language", dependencies: ["Engine", "Notation", "Diagnosis", "Panels", "Formats"],
      swiftSettings: arithmetic),
    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "Terminal", dependencies: ["Engine", "Notation", "Diagnosis", "Panels", "Language", "CNcurses"]),
    .executableTarget(
      name: "backstep", dependencies: ["Engine", "Notation", "Panels", "Formats", "Language", "Terminal"]),
    // What tests of several modules use: a shell, and Python where it is there.
    .target(name: "TestSupport", path: "Tests/Support"),
    // Counts what is allocated, for tests of what has to do without.
    .target(name: "CAllocations", path: "Tests/Allocations"),
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "CAllocations"], path: "Tests/Engine",
      exclude: ["Fixtures/make_fixture.py"]),
    .testTarget(
      name: "NotationTests", dependencies: ["Engine", "Notation", "TestSupport"], path: "Tests/Notation",
      exclude: ["Fixtures/printed.txt"]),
    .testTarget(
      name: "DiagnosisTests", dependencies: ["Engine", "Notation", "Diagnosis"], path: "Tests/Diagnosis"),
    .testTarget(
      name: "PanelsTests", dependencies: ["Engine", "Notation", "Panels"], path: "Tests/Panels"),
    .testTarget(
      name: "FormatsTests", dependencies: ["Engine", "Formats", "CZlib"], path: "Tests/Formats",
      exclude: ["Fixtures/files.txt", "Fixtures/make_arrays.py"]),
    .testTarget(
      name: "LanguageTests",
      dependencies: ["Engine", "Notation", "Diagnosis", "Panels", "Formats", "Language", "TestSupport"],
      path: "Tests/Language",
      exclude: [
        "Brought", "Cases", "Claims/check_proof.py", "MutatedClaims", "Pages", "PublicBugs", "RandomSlips",
        "StudentSlips",
      ]),
    .testTarget(
      name: "TerminalTests", dependencies: ["Engine", "Panels", "Language", "Terminal", "backstep", "TestSupport"],
      path: "Tests/Terminal", exclude: ["Grids"]),
  ],
  swiftLanguageModes: [.v6]
)
