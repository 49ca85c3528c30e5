namespace CallCenterKit.Ivr.Documents;

public class MermaidTests
{
    [Fact]
    public void Every_step_is_drawn()
    {
        Snapshot.Verify("Documents", "MermaidTests.EveryStep", EveryStep.Flow.ToMermaid());
    }

    [Fact]
    public void The_example_of_the_readme_is_drawn()
    {
        Snapshot.Verify("Documents", "MermaidTests.Readme", ReadmeExamples.AsData().ToMermaid());
    }
}
