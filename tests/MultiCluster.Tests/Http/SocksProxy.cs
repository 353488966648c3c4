using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace MultiCluster.Tests.Http;

/// <summary>A SOCKS proxy of version 5 (RFC 1928), for one user (RFC 1929) or for everybody.</summary>
public sealed class SocksProxy(string? user = null, string? password = null) : ProxyServer(null)
{
    private const byte Version = 5, Connect = 1, ByName = 3, ByAddress6 = 4, NoLogin = 0, Login = 2, NoWay = 0xff;

    /// <summary>What it answers to every request to connect: 0 is success, 2 is "not allowed", 5 is "refused".</summary>
    public byte Reply { get; init; }

    protected override async Task<string?> GreetAsync(Stream client)
    {
        var offered = await ReadAsync(client, (await ReadAsync(client, 2))[1]);
        var way = user is null ? NoLogin : Login;
        await client.WriteAsync(new byte[] { Version, offered.Contains(way) ? way : NoWay }, Stopped);
        if (!offered.Contains(way) || (user is not null && !await LogInAsync(client)))
            return null;

        var request = await ReadAsync(client, 4);
        Assert.Equal((Version, Connect), (request[0], request[1]));
        var host = request[3] == ByName
            ? Encoding.ASCII.GetString(await ReadAsync(client, (await ReadAsync(client, 1))[0]))
            : new IPAddress(await ReadAsync(client, request[3] == ByAddress6 ? 16 : 4)).ToString();
        var target = $"{host}:{BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(client, 2))}";
        if (Reply == 0)
            return target;
        await AnswerAsync(client, Reply);
        return null;
    }

    protected override Task WelcomeAsync(Stream client) => AnswerAsync(client, 0);

    private async Task<bool> LogInAsync(Stream client)
    {
        var name = Encoding.UTF8.GetString(await ReadAsync(client, (await ReadAsync(client, 2))[1]));
        var secret = Encoding.UTF8.GetString(await ReadAsync(client, (await ReadAsync(client, 1))[0]));
        var known = name == user && secret == password;
        await client.WriteAsync(new byte[] { 1, (byte)(known ? 0 : 1) }, Stopped);
        return known;
    }

    private async Task AnswerAsync(Stream client, byte reply) => await client.WriteAsync(new byte[] { Version, reply, 0, 1, 0, 0, 0, 0, 0, 0 }, Stopped);

    private async Task<byte[]> ReadAsync(Stream client, int count)
    {
        var bytes = new byte[count];
        await client.ReadExactlyAsync(bytes, Stopped);
        return bytes;
    }
}
