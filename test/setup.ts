/*
 * After its 250th run the platform ends a process that has grown over 450 MB. Here that would be the
 * test runner's: it would end without a word, with tests that never ran. How the app survives this is
 * tested in processes of its own.
 */
const memory = process.memoryUsage();
process.memoryUsage = Object.assign(() => ({ ...memory, rss: 0 }), { rss: () => 0 });
