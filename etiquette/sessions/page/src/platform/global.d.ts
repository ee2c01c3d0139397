import type { LearningPlatform } from "./learning_platform";

declare global {
  interface Window {
    // Only on a page that a learning platform opened.
    learningPlatform?: LearningPlatform;
  }
}
