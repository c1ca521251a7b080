/** Why the database cannot be used. */
export const database = {
  en: {
    database: {
      newer:
        '{{path}} was written by a newer version of Reshoot (its format is {{found}}, this version knows {{known}}). Update Reshoot to open it.',
      full: 'The disk of the database is full. Free some space and try again.',
      busy: 'Another program is using the database. Try again in a moment.',
      closed: 'The database may not be written. Check who may write its folder.',
      unopenable: 'The database cannot be opened. Check its folder and the disk.',
    },
  },
  zh: {
    database: {
      newer:
        '{{path}} 由更新版本的 Reshoot 写入（其格式为 {{found}}，此版本支持 {{known}}）。请更新 Reshoot 后再打开。',
      full: '数据库所在磁盘已满。请释放空间后重试。',
      busy: '另一个程序正在使用数据库，请稍后重试。',
      closed: '无法写入数据库。请检查其文件夹的写入权限。',
      unopenable: '无法打开数据库。请检查其文件夹和磁盘。',
    },
  },
}
