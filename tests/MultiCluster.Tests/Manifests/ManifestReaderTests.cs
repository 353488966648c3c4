using System.Text;
using MultiCluster.Faults;
using MultiCluster.Manifests;

namespace MultiCluster.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void A_manifest_says_what_it_is_and_where_it_stands()
    {
        var manifests = Read("""
            # two of them
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {generateName: import-}
            """);

        Assert.Equal(["Deployment shop/web", "Job import-"], manifests.Manifests.Select(static manifest => $"{manifest}"));
        Assert.Equal(["test.yaml:2:1", "test.yaml:5:1"], manifests.Manifests.Select(static manifest => $"{manifest.Place}"));
        var web = manifests.Manifests[0];
        Assert.Equal(("apps", "apps/v1", "Deployment", "web", "shop", null, 1), (web.Group, web.ApiVersion, web.Kind, web.Name, web.Namespace, web.GenerateName, web.Place.Document));
        Assert.Equal("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"}}""", Encoding.UTF8.GetString(web.Json));
        Assert.Empty(manifests.Faults);
    }

    [Theory]
    [InlineData("kind: A\nmetadata: {name: x}", "1:1: document 1 (A x) has no apiVersion")]
    [InlineData("apiVersion: v1\nmetadata: {name: x}", "1:1: document 1 (x) has no kind")]
    [InlineData("apiVersion: v1\nkind: A", "1:1: document 1 (A) has no name")]
    [InlineData("apiVersion: v1\nkind: A\nmetadata: {name: ''}", "1:1: document 1 (A) has no name")]
    [InlineData("apiVersion: v1\nkind: A\nmetadata: {name: 1}", "1:1: document 1 (A) has something else than a text as its metadata.name")]
    [InlineData("apiVersion: 1\nkind: A\nmetadata: {name: x}", "1:1: document 1 (A x) has something else than a text as its apiVersion")]
    [InlineData("apiVersion: v1\nkind: A\nmetadata: {name: x, namespace: on}", "1:1: document 1 (A x) has something else than a text as its metadata.namespace")]
    [InlineData("- a", "1:1: document 1 is no object")]
    [InlineData("just text", "1:1: document 1 is no object")]
    [InlineData("\n\n---\nkey: value\n", "3:1: document 1 has no kind")]
    public void A_document_that_is_no_object_says_what_it_lacks(string text, string detail)
    {
        var fault = Assert.Single(Read(text).Faults);

        Assert.Equal((FaultPhase.Invalid, $"test.yaml:{detail}"), (fault.Phase, fault.Detail));
        Assert.NotNull(fault.Advice);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: a}}\n- {apiVersion: v1, kind: B, metadata: {name: b}}\n", "A a 4:3,B b 5:3")]
    [InlineData("apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: a}\n", "Pod a 4:3")]
    [InlineData("apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: a}}\n", "A a 4:3")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: v1, kind: A, metadata: {name: a}}\n", "A a 7:5")]
    [InlineData("apiVersion: v1\nkind: List\nitems: []\n", "")]
    [InlineData("apiVersion: v1\nkind: List\nx: &x {metadata: {name: a}, apiVersion: v1, kind: A}\nitems: [*x]\n", "A a 4:9")]
    [InlineData("""{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"A","metadata":{"name":"a"}}]}""", "A a 1:43")]
    public void A_list_is_what_is_in_it(string text, string expected)
    {
        var manifests = Read(text);

        Assert.Empty(manifests.Faults);
        Assert.Equal(expected, string.Join(',', manifests.Manifests.Select(static manifest => $"{manifest} {manifest.Place.Line}:{manifest.Place.Column}")));
    }

    [Fact]
    public void An_object_of_a_typed_list_gets_the_kind_that_it_leaves_out() =>
        Assert.Equal(
            """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"}}""",
            Encoding.UTF8.GetString(Assert.Single(Read("apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: a}}]").Manifests).Json));

    [Fact]
    public void One_broken_object_of_a_list_loses_no_other()
    {
        var manifests = Read("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: a, name: b}}\n- {kind: B}\n- {apiVersion: v1, kind: C, metadata: {name: c}}\n");

        Assert.Equal("C c", $"{Assert.Single(manifests.Manifests)}");
        Assert.Equal(
            ["test.yaml:4:49: the key \"name\" is there twice, first on line 4", "test.yaml:5:3: document 1 (B) has no apiVersion"],
            manifests.Faults.Select(static fault => fault.Detail));
    }

    [Fact]
    public void An_object_that_is_there_twice_names_both_places()
    {
        var manifests = Read("""
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: other}}
            ---
            {apiVersion: apps/v1beta1, kind: Deployment, metadata: {name: web, namespace: shop}}
            ---
            {apiVersion: batch/v1, kind: Job, metadata: {generateName: x-}}
            ---
            {apiVersion: batch/v1, kind: Job, metadata: {generateName: x-}}
            """);

        Assert.Equal(4, manifests.Manifests.Count);
        Assert.Equal("test.yaml:4:1: Deployment shop/web is there twice, first at test.yaml:1:1", Assert.Single(manifests.Faults).Detail);
    }

    [Fact]
    public void No_fault_holds_a_value_of_the_text()
    {
        foreach (var broken in new[] { "a: !!int hunter2", "a: !!binary hunter2!", "a: \"hunter2", "a: [hunter2", "hunter2", "- hunter2", "a: {{ hunter2 }}", "a: &x hunter2\n b", "a: 'hunter2'\n\tb: 1", "a: %hunter2\n", "a: @hunter2", "a: \"hunter2\\q\"" })
        {
            var fault = Assert.Single(Read(broken).Faults);
            Assert.DoesNotContain("hunter2", $"{fault.Message} {fault.Advice}", StringComparison.Ordinal);
        }
    }

    private static ManifestList Read(string text) => ManifestReader.Read(text, "test.yaml");
}
