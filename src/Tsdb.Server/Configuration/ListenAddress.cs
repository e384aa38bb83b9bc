using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tsdb.Server.Configuration;

/// <summary>Where the server listens: an address and port, or a Unix socket's path.</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Address">The address; null for <c>localhost</c> (both loopback addresses) and for a Unix socket.</param>
/// <param name="Port">The TCP port; 0 takes a free one.</param>
/// <param name="SocketPath">The Unix socket's path; null for TCP.</param>
internal sealed record ListenAddress(string Text, IPAddress? Address, int Port, string? SocketPath)
{
    private const string UnixPrefix = "http://unix:";

    /// <summary>True when only this machine can reach it.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>Reads <c>http://host:port</c> with an IP address, <c>localhost</c> or <c>*</c> as host, or <c>http://unix:/path</c>.</summary>
    public static bool TryParse(string text, [MaybeNullWhen(false)] out ListenAddress address)
    {
        address = null;
        if (text.StartsWith(UnixPrefix, StringComparison.OrdinalIgnoreCase))
        {
            string path = text[UnixPrefix.Length..];
            address = Path.IsPathRooted(path) ? new ListenAddress(text, null, 0, path) : null;
            return address is not null;
        }

        string standard = text.Replace("://*", "://[::]", StringComparison.Ordinal).Replace("://+", "://[::]", StringComparison.Ordinal);
        if (!Uri.TryCreate(standard, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/" || url.UserInfo.Length > 0)
        {
            return false;
        }

        bool isLocalhost = url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        IPAddress? ip = null;
        if (!isLocalhost && !IPAddress.TryParse(url.Host, out ip))
        {
            return false;
        }

        address = new ListenAddress(text, ip, url.Port, null);
        return true;
    }

    /// <summary>Makes Kestrel listen here.</summary>
    public void Apply(KestrelServerOptions kestrel)
    {
        if (SocketPath is not null)
        {
            kestrel.ListenUnixSocket(SocketPath);
        }
        else if (Address is null && Port != 0)
        {
            kestrel.ListenLocalhost(Port);
        }
        else
        {
            // A free port cannot be the same one of both loopback addresses, so localhost with port 0 is IPv4 only.
            kestrel.Listen(Address ?? IPAddress.Loopback, Port);
        }
    }
}
