using MultiCluster.Images;

namespace MultiCluster.Tests.Images;

public sealed class ImageNameTests
{
    [Theory]
    [InlineData("nginx", "docker.io", "library/nginx", "latest", null)]
    [InlineData("nginx:1.27", "docker.io", "library/nginx", "1.27", null)]
    [InlineData("team/web", "docker.io", "team/web", "latest", null)]
    [InlineData("index.docker.io/team/web:1", "docker.io", "team/web", "1", null)]
    [InlineData("registry.example.com/web", "registry.example.com", "web", "latest", null)]
    [InlineData("registry.example.com:5000/team/web:1.2", "registry.example.com:5000", "team/web", "1.2", null)]
    [InlineData("localhost/web:x", "localhost", "web", "x", null)]
    [InlineData("gcr.io/a/b/c@sha256:12ab", "gcr.io", "a/b/c", null, "sha256:12ab")]
    [InlineData("gcr.io/a/b:v1@sha256:12ab", "gcr.io", "a/b", "v1", "sha256:12ab")]
    [InlineData("docker-pullable://gcr.io/a/b@sha256:12ab", "gcr.io", "a/b", null, "sha256:12ab")]
    public void A_name_has_its_parts(string text, string registry, string repository, string? tag, string? digest) =>
        Assert.Equal(new ImageName(registry, repository, tag, digest), ImageName.Parse(text));

    [Theory]
    [InlineData("registry.example.com/web@sha256:12ab", "sha256:12ab")]
    [InlineData("docker-pullable://web@sha256:12ab", "sha256:12ab")]
    [InlineData("docker://sha256:12ab", null)] // an image's own id, which no registry knows
    [InlineData("sha256:12ab", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_runtime_tells_the_digest_that_runs(string? imageId, string? digest) => Assert.Equal(digest, ImageName.DigestOf(imageId));
}
