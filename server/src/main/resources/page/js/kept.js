// The jobs that were sent from this tab. A page that is loaded again finds them: people press the wrong
// key, and phones throw tabs in the background away and load them anew.

const NAME = 'ganvas-jobs';

/** The jobs, in the order in which they were sent: {path, name, extension}. */
export const keptJobs = () => JSON.parse(sessionStorage.getItem(NAME) ?? '[]');

export const keep = (job) => save([...keptJobs(), job]);

export const forget = ({ path }) => save(keptJobs().filter((job) => job.path !== path));

function save(jobs) {
  sessionStorage.setItem(NAME, JSON.stringify(jobs));
}
