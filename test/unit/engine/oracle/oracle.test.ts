import { runScenario } from './runner.ts';
import { sections } from './sections.ts';

for (const [section, scenarios] of sections) {
  describe(`the oracle, ${section}`, () => {
    for (const scenario of scenarios) {
      for (const mode of scenario.modes ?? (['faithful', 'improved'] as const)) {
        it(`${scenario.id} ${mode}: ${scenario.title}`, () => runScenario(scenario, mode));
      }
    }
  });
}
