self.files = {files};
importScripts("{script}");
