using Microsoft.Net.Http.Headers;

namespace MultiCluster.Sandbox.Hosting;

/// <summary>A request that a simulated cluster received.</summary>
public sealed class RequestRecord
{
    private readonly HeaderDictionary _headers = [];
    private int _status;

    internal RequestRecord(HttpRequest request, DateTimeOffset at)
    {
        Method = request.Method;
        Path = request.Path.Value ?? "/";
        Query = request.QueryString.Value ?? "";
        Protocol = request.Protocol;
        At = at;
        foreach (var (name, value) in request.Headers) _headers[name] = value;
    }

    public string Method { get; }

    public string Path { get; }

    /// <summary>With its question mark; empty when there is none.</summary>
    public string Query { get; }

    public string PathAndQuery => Path + Query;

    /// <summary><c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public string Protocol { get; }

    public DateTimeOffset At { get; }

    /// <summary>The status answered; 0 while the request is being served.</summary>
    public int Status
    {
        get => Volatile.Read(ref _status);
        internal set => Volatile.Write(ref _status, value);
    }

    public string Authorization => Header(HeaderNames.Authorization);

    public string UserAgent => Header(HeaderNames.UserAgent);

    /// <summary>A request header; empty when it was not sent.</summary>
    public string Header(string name) => _headers[name].ToString();

    public override string ToString() => $"{Method} {PathAndQuery} {Status}";
}
