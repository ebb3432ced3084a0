using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Database;

/// <summary>Names each wrong key of the section <c>Database</c> and what is allowed there; a connection string's values are not repeated.</summary>
internal sealed class DatabaseOptionsCheck : IValidateOptions<DatabaseOptions>
{
    private const string Example = "for example Host=/var/run/postgresql;Database=amoltv;Username=amoltv";

    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var errors = new List<string>();
        if (ConnectionStringError(options.ConnectionString) is { } error)
        {
            errors.Add($"Database:ConnectionString: {error}; {Example}.");
        }

        if (options.WaitSeconds is not (>= 0 and <= 600))
        {
            errors.Add($"Database:WaitSeconds: {options.WaitSeconds} is not allowed; 0 to 600.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static string? ConnectionStringError(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "missing";
        }

        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Host) ? "it names no Host" : null;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            var key = Keys(text).FirstOrDefault(key => !IsKnown(key));
            return key is null ? failure.Message : $"'{key}' is not a key of it";
        }
    }

    private static IEnumerable<string> Keys(string text)
    {
        try
        {
            return [.. new DbConnectionStringBuilder { ConnectionString = text }.Keys.Cast<string>()];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    private static bool IsKnown(string key) => new NpgsqlConnectionStringBuilder().ContainsKey(key);
}
