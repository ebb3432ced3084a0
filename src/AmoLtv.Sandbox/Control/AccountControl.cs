using AmoLtv.Sandbox.Api;
using AmoLtv.Sandbox.State;

namespace AmoLtv.Sandbox.Control;

/// <summary>What happens to an account as a whole: it is not paid, blocked, closed, renamed; a user gains or loses rights; the CRM behaves in another of its uncertain ways.</summary>
internal static class AccountControl
{
    /// <summary><c>{"standing":"open|unpaid|blocked|closed","filters":true}</c>, each optional.</summary>
    public static Task<Answer> ChangeAsync(ControlCall call)
    {
        var standing = AccountStanding.Open;
        if (call.Text("standing") is { } word && !Enum.TryParse(word, ignoreCase: true, out standing))
        {
            return ControlEndpoints.Bad("An account's standing is open, unpaid, blocked or closed.");
        }

        return Task.FromResult(call.Sandbox.Locked(() =>
        {
            var account = call.Sandbox.State.Account;
            call.Sandbox.State.Save(account with
            {
                Standing = call.Text("standing") is null ? account.Standing : standing,
                FiltersEnabled = call.Flag("filters") ?? account.FiltersEnabled,
            });
            return Answer.NoContent;
        }));
    }

    /// <summary>
    /// Renames the subdomain: <c>{"subdomain":"acme","host":"localhost:5000"}</c>. The old host answers 404 from then on,
    /// except to the question for the current address, which any host answers as the shared API host does.
    /// Without a host the other name of loopback is taken.
    /// </summary>
    public static Task<Answer> RenameAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        var account = call.Sandbox.State.Account;
        var now = call.Sandbox.AccountAddress;
        var host = call.Text("host") ?? $"{(now.Host == "localhost" ? call.Sandbox.Addresses[0].Host : "localhost")}:{now.Port}";
        call.Sandbox.State.Save(account with { Subdomain = call.Text("subdomain") ?? account.Subdomain + "-renamed", Host = host });
        return Answer.Plain(json =>
        {
            json.WriteStartObject();
            json.WriteString("subdomain", call.Sandbox.State.Account.Subdomain);
            json.WriteString("host", host);
            json.WriteEndObject();
        });
    }));

    /// <summary><c>{"isAdmin":false,"isActive":false,"seesOnlyOwn":true}</c>, each optional; tokens he granted go by his rights at once.</summary>
    public static Task<Answer> ChangeUserAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        if (call.Sandbox.State.User(call.Id) is not { } user)
        {
            return Problem.NotFound;
        }

        call.Sandbox.State.Save(user with
        {
            IsAdmin = call.Flag("isAdmin") ?? user.IsAdmin,
            IsActive = call.Flag("isActive") ?? user.IsActive,
            SeesOnlyOwn = call.Flag("seesOnlyOwn") ?? user.SeesOnlyOwn,
        });
        return Answer.NoContent;
    }));

    /// <summary>The readings of what the vendor leaves open, each optional; not kept over a restart.</summary>
    public static Task<Answer> BehaveAsync(ControlCall call) => Task.FromResult(call.Sandbox.Locked(() =>
    {
        var options = call.Sandbox.Options;
        call.Sandbox.Options = options with
        {
            LenientRefresh = call.Flag("lenientRefresh") ?? options.LenientRefresh,
            PartialBatches = call.Flag("partialBatches") ?? options.PartialBatches,
            DanglingNext = call.Flag("danglingNext") ?? options.DanglingNext,
            RefusesFilters = call.Flag("refusesFilters") ?? options.RefusesFilters,
            HidesTrashedLinks = call.Flag("hidesTrashedLinks") ?? options.HidesTrashedLinks,
            Webhooks = call.Flag("webhooks") ?? options.Webhooks,
            LargestBatch = call.Property("largestBatch") is null ? options.LargestBatch : call.Int("largestBatch"),
            NumericDecimals = call.Property("numericDecimals") is null ? options.NumericDecimals : call.Int("numericDecimals"),
        };
        call.Sandbox.Tokens.IsLenient = call.Sandbox.Options.LenientRefresh;
        return Answer.NoContent;
    }));
}
