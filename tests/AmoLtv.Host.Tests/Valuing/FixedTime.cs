using System.Globalization;

namespace AmoLtv.Host.Tests.Valuing;

/// <summary>A clock that stands until a test moves it.</summary>
internal sealed class FixedTime(string now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);

    public override DateTimeOffset GetUtcNow() => Now;
}
