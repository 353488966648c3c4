namespace MultiCluster.Api.Channels;

/// <summary>Bytes of one channel, as they arrived.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Bytes">The bytes, which live until the next part is read.</param>
/// <param name="IsEnd">True when nothing more comes: the other side has closed the WebSocket.</param>
internal readonly record struct ChannelPart(byte Channel, ReadOnlyMemory<byte> Bytes, bool IsEnd = false);
