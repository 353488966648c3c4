namespace MultiCluster.Module.Tests.Help;

/// <summary>The pages of the commands that read one kind: <c>./build.ps1 Docs</c> brings their parameters up to date.</summary>
public sealed class KindPageTests
{
    public static TheoryData<string> Cmdlets => [.. KindPages.All.Keys];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void It_says_of_its_parameters_what_the_page_of_Get_KubeResource_says(string cmdlet) => Assert.Equal(KindPages.Wanted(cmdlet), KindPages.ParametersOf(cmdlet));
}
