// The jobs that were sent from this tab. A page that is loaded again finds them: people press the wrong
// key, and phones throw tabs in the background away and load them anew.

import { recall, remember } from './tab.js';

const NAME = 'ganvas-jobs';

/** The jobs, in the order in which they were sent: {path, name, extension}. */
export const keptJobs = () => JSON.parse(recall(NAME) ?? '[]');

export const keep = (job) => save([...keptJobs(), job]);

export const forget = ({ path }) => save(keptJobs().filter((job) => job.path !== path));

function save(jobs) {
  remember(NAME, JSON.stringify(jobs));
}
