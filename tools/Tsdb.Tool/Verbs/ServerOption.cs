using System.CommandLine;

namespace Tsdb.Tool.Verbs;

/// <summary>Options that take the address of a server.</summary>
internal static class ServerOption
{
    /// <summary>An option that takes an http or https address.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What the server is for.</param>
    /// <param name="byDefault">The address when none is given; null for none.</param>
    public static Option<Uri?> Create(string name, string description, Uri? byDefault = null)
    {
        var option = new Option<Uri?>(name)
        {
            Description = description,
            HelpName = "url",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
                {
                    return uri;
                }

                result.AddError($"{name} must be an address such as http://127.0.0.1:9201, not \"{text}\".");
                return null;
            },
        };
        if (byDefault is not null)
        {
            option.DefaultValueFactory = _ => byDefault;
        }

        return option;
    }
}
