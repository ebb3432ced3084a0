using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Scheduling;

/// <summary>Names each wrong key of the section <c>Scheduling</c> and what is allowed there.</summary>
internal sealed class SchedulingOptionsCheck : IValidateOptions<SchedulingOptions>
{
    public ValidateOptionsResult Validate(string? name, SchedulingOptions options)
    {
        var errors = new List<string>();
        if (options.MaxRunsAtOnce is not (>= 1 and <= 64))
        {
            errors.Add($"Scheduling:MaxRunsAtOnce: {options.MaxRunsAtOnce} is not allowed; 1 to 64.");
        }

        if (options.MaxLongRunsAtOnce is not (>= 1 and <= 64))
        {
            errors.Add($"Scheduling:MaxLongRunsAtOnce: {options.MaxLongRunsAtOnce} is not allowed; 1 to 64.");
        }

        if (options.ReconcileSeconds is not (>= 1 and <= 3600))
        {
            errors.Add($"Scheduling:ReconcileSeconds: {options.ReconcileSeconds} is not allowed; 1 to 3600.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
