using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AmoLtv.Host.CommandLine;

/// <summary>The option <c>--as-of</c>: a date of 1990 to 2100, so that every period before and horizon after it is a date too.</summary>
public static class AsOfOption
{
    public static Option<DateOnly?> Create(string description) => new("--as-of") { Description = description, CustomParser = Parse };

    private static DateOnly? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1990 and <= 2100)
        {
            return date;
        }

        argument.AddError($"--as-of: '{text}' is not allowed; a date from 1990-01-01 to 2100-12-31, written YYYY-MM-DD.");
        return null;
    }
}
