using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MultiCluster.Module.Loading;
using MultiCluster.Module.Tests.Support;

namespace MultiCluster.Module.Tests.Loading;

public sealed class RuntimePlatformTests : IDisposable
{
    private static readonly string[] Shipped = ["win-x64", "linux-x64", "linux-arm64", "osx-arm64"];

    private readonly DirectoryInfo _dependencies = Directory.CreateTempSubdirectory("multicluster-loading-");

    public RuntimePlatformTests()
    {
        foreach (var folder in (string[])[.. Shipped, "."])
            File.WriteAllText(Path.Combine(_dependencies.CreateSubdirectory(folder).FullName, "Engine.dll"), "");
        File.WriteAllText(Path.Combine(_dependencies.FullName, "Library.dll"), "");
    }

    public void Dispose() => _dependencies.Delete(recursive: true);

    [Theory]
    [InlineData("win", Architecture.X64, "win-x64")]
    [InlineData("linux", Architecture.X64, "linux-x64")]
    [InlineData("linux", Architecture.Arm64, "linux-arm64")]
    [InlineData("osx", Architecture.Arm64, "osx-arm64")]
    public void A_platform_that_has_images_loads_its_own(string system, Architecture architecture, string folder) =>
        Assert.Equal(Path.Combine(_dependencies.FullName, folder, "Engine.dll"), Context(system, architecture).Find("Engine"));

    [Theory]
    [InlineData("win", Architecture.Arm64)]
    [InlineData("win", Architecture.X86)]
    [InlineData("osx", Architecture.X64)]
    [InlineData("linux", Architecture.Arm)]
    [InlineData("linux-musl", Architecture.X64)]
    [InlineData("linux-musl", Architecture.Arm64)]
    [InlineData("other", Architecture.X64)]
    public void Any_other_loads_IL(string system, Architecture architecture) =>
        Assert.Equal(Path.Combine(_dependencies.FullName, "Engine.dll"), Context(system, architecture).Find("Engine"));

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public void So_does_another_NET_than_the_images_are_made_for(int framework) =>
        Assert.Equal(Path.Combine(_dependencies.FullName, "Engine.dll"), Context("linux", Architecture.X64, framework).Find("Engine"));

    [Fact]
    public void What_has_no_image_is_loaded_as_IL_beside_images() =>
        Assert.Equal(Path.Combine(_dependencies.FullName, "Library.dll"), Context("win", Architecture.X64).Find("Library"));

    [Fact]
    public void What_the_module_does_not_ship_is_not_found() => Assert.Null(Context("win", Architecture.X64).Find("Other"));

    [Fact]
    public void This_process_is_on_the_platform_that_the_SDK_names() =>
        Assert.Equal(TestBuild.Of("Platform"), RuntimePlatform.Current.ImageFolder);

    [Fact]
    public void Images_are_for_the_NET_that_the_module_is_built_for()
    {
        var built = typeof(RuntimePlatform).Assembly.GetCustomAttributes(typeof(TargetFrameworkAttribute), inherit: false).Cast<TargetFrameworkAttribute>().Single();

        Assert.Equal($".NETCoreApp,Version=v{RuntimePlatform.ImageFramework}.0", built.FrameworkName);
    }

    private EngineLoadContext Context(string system, Architecture architecture, int framework = RuntimePlatform.ImageFramework) =>
        new(_dependencies.FullName, new RuntimePlatform(system, architecture, framework));
}
