using CallCenterKit.Shared.Voicemail;

namespace CallCenterKit.Voicemail;

public sealed class InMemoryVoicemailStoreTests : VoicemailStoreContract
{
    protected override IVoicemailStore Store { get; } = new InMemoryVoicemailStore();
}
