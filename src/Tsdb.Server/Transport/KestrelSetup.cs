using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tsdb.Server.Configuration;

namespace Tsdb.Server.Transport;

/// <summary>Sets Kestrel up for few connections with large bodies as well as many with small ones.</summary>
internal static class KestrelSetup
{
    // A query may be 64 KiB of text, percent-encoded to up to three times that, and GET puts it into the request line.
    private const int MaxRequestLineBytes = 256 << 10;
    private const long ReadAheadBytes = 4L << 20; // per connection: lets a sender run ahead while a batch is being parsed
    private const long ResponseBufferBytes = 1L << 20;

    // A sender slower than this for longer than that is gone, or means harm: it is answered 408 and gives its connection back.
    private const double MinBodyBytesPerSecond = 240;
    private static readonly TimeSpan SlowBodyPatience = TimeSpan.FromSeconds(5);

    /// <summary>Adds the transport's services and limits.</summary>
    public static void AddTransport(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, PinnedBlockPoolFactory>();
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.IOQueueCount = Math.Min(Environment.ProcessorCount, 16);
            sockets.UnsafePreferInlineScheduling = true; // requests run where the bytes arrive; queries go to threads of their own
            sockets.WaitForDataBeforeAllocatingBuffer = true; // an idle connection holds no block
            sockets.MaxReadBufferSize = ReadAheadBytes;
        });
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.Http.MaxConnections;
        kestrel.Limits.MaxRequestBodySize = options.Http.MaxRequestBytes;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(MinBodyBytesPerSecond, SlowBodyPatience);
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Limits.MaxRequestBufferSize = ReadAheadBytes;
        kestrel.Limits.MaxResponseBufferSize = ResponseBufferBytes;
        foreach (ListenAddress address in options.Listen)
        {
            address.Apply(kestrel);
        }
    }
}
