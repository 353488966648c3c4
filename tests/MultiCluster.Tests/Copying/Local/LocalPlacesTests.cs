using MultiCluster.Copying.Local;
using MultiCluster.Faults;
using MultiCluster.Tests.Kubeconfig;

namespace MultiCluster.Tests.Copying.Local;

/// <summary>Where what comes out of pods goes.</summary>
public sealed class LocalPlacesTests : IDisposable
{
    private const string One = "arn:aws:eks:eu-west-1:123456789012:cluster/production-a";
    private const string Other = "arn:aws:eks:eu-west-1:123456789012:cluster/production-b";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_that_differ_in_the_last_letter_lead_to_folders_that_do()
    {
        var places = new LocalPlaces(_folder["got"], folderForEachPod: true, ["conf"], [One, Other]);

        Assert.Equal(_folder["got/arn-aws-eks-eu-west-1-123456789012-cluster-production-a/web/web-1/conf"], places.Of(One, "web", "web-1", "conf"));
        Assert.Equal(_folder["got/arn-aws-eks-eu-west-1-123456789012-cluster-production-b/web/web-1/conf"], places.Of(Other, "web", "web-1", "conf"));
    }

    [Fact]
    public void Names_that_would_become_the_same_are_told_apart_and_stay_so()
    {
        string[] names = ["a/b", "a:b", "A-b", "c", new string('x', 300), new string('x', 299) + "y", "..", ".", "con", "CON", ""];

        var safe = LocalNames.SafeOfEach(names);

        Assert.Equal(names.Length, safe.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("c", safe["c"]);
        Assert.All(safe.Values, static name => Assert.True(LocalNames.IsLegal(name, windows: true) && name.Length <= 120 && name is not ("." or ".."), name));
        Assert.Equal(safe["a/b"], LocalNames.SafeOfEach([.. names.Reverse()])["a/b"]);
    }

    [Fact]
    public void What_is_in_a_folder_goes_into_the_folder_itself()
    {
        Assert.Equal(_folder["got/c/web/web-1"], new LocalPlaces(_folder["got"], true, ["."], ["c"]).Of("c", "web", "web-1", "."));
        Assert.Equal(_folder["got"], new LocalPlaces(_folder["got"], false, ["."], ["c"]).Of("c", "web", "web-1", "."));
    }

    [Theory]
    [InlineData(true, "a")]
    [InlineData(false, "a", "b")]
    public void A_file_is_no_folder_for_many(bool folderForEachPod, params string[] names)
    {
        _folder.Write("got", "file");

        Assert.Contains("is a file", Assert.Throws<FaultException>(() => new LocalPlaces(_folder["got"], folderForEachPod, names, ["c"])).Fault.Detail, StringComparison.Ordinal);
    }
}
