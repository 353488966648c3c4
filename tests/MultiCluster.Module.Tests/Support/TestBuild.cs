using System.Reflection;

namespace MultiCluster.Module.Tests.Support;

/// <summary>Where the build has put what the tests need.</summary>
internal static class TestBuild
{
    /// <summary>A value that the project file gives: <c>ModuleLayout</c>, <c>HelpPages</c>.</summary>
    public static string Of(string key) =>
        typeof(TestBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;
}
