using System.CommandLine;

namespace AmoLtv.Host.CommandLine;

/// <summary>The option <c>--as-of</c>: a date of 1990 to 2100, so that every period before and horizon after it is a date too.</summary>
public static class AsOfOption
{
    public static Option<DateOnly?> Create(string description)
    {
        var option = new Option<DateOnly?>("--as-of") { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DateOnly?>() is { Year: < 1990 or > 2100 } date)
            {
                result.AddError($"--as-of: {date:yyyy-MM-dd} is not allowed; a date from 1990-01-01 to 2100-12-31.");
            }
        });
        return option;
    }
}
