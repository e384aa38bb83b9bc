using System.Reflection;

namespace Tsdb.Server;

/// <summary>The version of this program.</summary>
internal static class ProductVersion
{
    private static readonly string[] Parts =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+', 2);

    /// <summary>The version number.</summary>
    public static string Text => Parts[0];

    /// <summary>The source revision it was built from; empty when that is unknown.</summary>
    public static string Revision => Parts.Length > 1 ? Parts[1] : "";
}
