namespace MultiCluster.Api.Channels;

/// <summary>The channels of a command in a container (<c>remotecommand</c>): the first byte of each message says which.</summary>
internal static class PodChannel
{
    /// <summary>What the command reads.</summary>
    public const byte Input = 0;

    /// <summary>What it writes.</summary>
    public const byte Output = 1;

    /// <summary>What it writes of errors.</summary>
    public const byte Error = 2;

    /// <summary>A Status object at the end: how it ended.</summary>
    public const byte Status = 3;

    /// <summary>The size of its terminal.</summary>
    public const byte Size = 4;

    /// <summary>Says that the channel in the second byte ends (<see cref="ChannelProtocol.V5"/>).</summary>
    public const byte Close = 255;
}

/// <summary>How channels share one WebSocket.</summary>
internal static class ChannelProtocol
{
    /// <summary>With a signal that a channel ends. API servers from 1.30 on.</summary>
    public const string V5 = "v5.channel.k8s.io";

    /// <summary>Without one: what a command reads never ends. Every server; port forwarding has no other.</summary>
    public const string V4 = "v4.channel.k8s.io";
}
