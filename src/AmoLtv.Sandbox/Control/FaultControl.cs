using System.Text.Json;
using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Control;

/// <summary>Orders failures, tells which were met, and switches them off.</summary>
internal static class FaultControl
{
    public static Task<Answer> ReadAsync(ControlCall call) => Task.FromResult(Answer.Plain(call.Sandbox.Faults.Write));

    /// <summary>One failure is added to those there are; <c>{"seed":7,"spec":"…"}</c> or <c>{"seed":7,"rules":[…]}</c> replaces all.</summary>
    public static Task<Answer> OrderAsync(ControlCall call)
    {
        try
        {
            if (call.Text("spec") is { } line)
            {
                call.Sandbox.Faults.Replace(FaultReader.ReadPlan(line), call.Int("seed") ?? 1);
            }
            else if (call.Property("rules") is { ValueKind: JsonValueKind.Array } rules)
            {
                call.Sandbox.Faults.Replace([.. rules.EnumerateArray().Select(FaultReader.Read)], call.Int("seed") ?? 1);
            }
            else
            {
                call.Sandbox.Faults.Order(FaultReader.Read(call.Body));
            }

            return Task.FromResult(Answer.NoContent);
        }
        catch (FormatException wrong)
        {
            return ControlEndpoints.Bad(wrong.Message);
        }
    }

    /// <summary>From now on nothing goes wrong: failures off, the block of too many requests lifted, the account open. Answers which faults were met.</summary>
    public static Task<Answer> SettleAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        call.Sandbox.Faults.Settle();
        call.Sandbox.Rates.Lift();
        if (call.Sandbox.State.Account.Standing != AccountStanding.Open)
        {
            call.Sandbox.State.Save(call.Sandbox.State.Account with { Standing = AccountStanding.Open });
        }

        return Answer.Plain(call.Sandbox.Faults.Write);
    }));
}
