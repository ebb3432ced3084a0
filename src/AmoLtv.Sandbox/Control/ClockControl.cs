using System.Globalization;
using System.Text.Json;
using AmoLtv.Sandbox.Api;

namespace AmoLtv.Sandbox.Control;

/// <summary>Sets, moves and scales the sandbox's clock.</summary>
internal static class ClockControl
{
    public static Task<Answer> SetAsync(ControlCall call)
    {
        var clock = call.Sandbox.State.Clock;
        if (call.Text("now") is { } now)
        {
            if (!DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                return ControlEndpoints.Bad($"'{now}' is no moment; write it as 2026-11-01T00:00:00Z.");
            }

            clock.Now = moment;
        }

        if (Number(call, "scale") is { } scale)
        {
            if (scale <= 0)
            {
                return ControlEndpoints.Bad("The scale is above 0.");
            }

            clock.Scale = scale;
        }

        if (Number(call, "advanceSeconds") is { } seconds)
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        return ControlEndpoints.Now(clock);
    }

    private static double? Number(ControlCall call, string name) => call.Property(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
}
