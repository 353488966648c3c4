namespace MultiCluster.Module.Tests.Package;

/// <summary>The tests of this collection share one unpacked package.</summary>
[CollectionDefinition(nameof(PackageTests))]
public sealed class PackageTests : ICollectionFixture<PackedModule>;
