using Tsdb.Model.Writing;
using Tsdb.Server.Configuration;
using Tsdb.Server.Transport;

namespace Tsdb.Server.Endpoints.Write;

/// <summary>The parameter <c>durability=</c> that every write endpoint knows.</summary>
internal static class DurabilityParameter
{
    /// <summary>The durability of a write: what the request asks for, else the setting.</summary>
    /// <exception cref="RequestException">The value is none, or weaker than the server allows.</exception>
    public static Durability Read(HttpRequest request, WriteOptions options)
    {
        string? text = request.Query["durability"];
        if (string.IsNullOrEmpty(text))
        {
            return options.Durability;
        }

        Durability asked = text switch
        {
            "always" => Durability.Always,
            "interval" => Durability.Interval,
            "os" => Durability.Os,
            _ => throw RequestException.InvalidParameter("durability", $"it is \"{text}\", but must be always, interval or os"),
        };

        // The enumeration is ordered: strongest first.
        return asked <= options.Durability || options.AllowWeakerDurability
            ? asked
            : throw RequestException.InvalidParameter(
                "durability",
                $"{text} is weaker than the server's {options.Durability.ToString().ToLowerInvariant()}; " +
                $"the setting {Settings.WriteAllowWeakerDurability.Key} would allow it");
    }
}
