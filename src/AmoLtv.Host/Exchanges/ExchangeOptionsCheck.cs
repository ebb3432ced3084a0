using System.Globalization;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Exchanges;

/// <summary>Names each wrong key of the section <c>Exchanges</c> and what is allowed there.</summary>
internal sealed class ExchangeOptionsCheck : IValidateOptions<ExchangeOptions>
{
    public ValidateOptionsResult Validate(string? name, ExchangeOptions options) => options.KeepDays is >= 1 and <= ExchangeDays.MostKept
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(string.Create(CultureInfo.InvariantCulture, $"Exchanges:KeepDays: {options.KeepDays} is not allowed; 1 to {ExchangeDays.MostKept}."));
}
