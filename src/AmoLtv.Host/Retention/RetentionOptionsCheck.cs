using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Retention;

/// <summary>Names each wrong key of the section <c>Retention</c> and what is allowed there.</summary>
internal sealed class RetentionOptionsCheck : IValidateOptions<RetentionOptions>
{
    private const int MostDays = 3650;

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        // Runs tell how old a result or a written field is, and one whose writes are kept has to be there for whoever takes them back.
        (string Key, int Days, int Fewest, int Most)[] keys =
        [
            (nameof(options.RunDays), options.RunDays, 30, MostDays),
            (nameof(options.FieldDays), options.FieldDays, 7, options.RunDays),
            (nameof(options.ResultDays), options.ResultDays, 30, options.RunDays),
        ];
        var errors = keys
            .Where(key => key.Days < key.Fewest || key.Days > key.Most)
            .Select(key => $"{RetentionOptions.Section}:{key.Key}: {key.Days} is not allowed; {key.Fewest} to {key.Most}.")
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
