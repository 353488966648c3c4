using MultiCluster.Platform;

namespace MultiCluster.Tests.Platform;

public sealed class OwnerOnlyAccessTests
{
    [Fact]
    public void The_owner_the_system_and_the_administrators_may_do_all_and_nobody_else_anything()
    {
        Assert.Equal("D:P(A;;FA;;;S-1-5-21-1-2-3-1001)(A;;FA;;;SY)(A;;FA;;;BA)", OwnerOnlyAccess.Sddl("S-1-5-21-1-2-3-1001", isFolder: false));
        Assert.Equal("D:P(A;OICI;FA;;;S-1-5-21-1-2-3-1001)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", OwnerOnlyAccess.Sddl("S-1-5-21-1-2-3-1001", isFolder: true));
    }
}
