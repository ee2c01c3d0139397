self.files = {files};
