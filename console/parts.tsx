import { Alert, Button, Empty, Popconfirm, Skeleton, Table, type TableProps, Tooltip } from 'antd';
import type { TableRef } from 'antd/es/table';
import { type ReactNode, useEffect, useRef } from 'react';
import { type Refused, SIGNED_OUT } from './api.ts';
import { type Reading, useCommand, useDesk } from './desk-context.ts';
import type { OperationId } from './operations.ts';

/** What every desk is made of. */

const SignInAgain = () => {
  const { session } = useDesk();
  return <Button onClick={() => void session.leave()}>重新登录</Button>;
};

export const Refusal = ({
  error,
  again,
}: {
  readonly error: Refused | undefined;
  readonly again?: () => void;
}) =>
  error ? (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={error.message}
      description={
        error.faults.length > 0 ? (
          <ul>
            {error.faults.map(({ path, message }) => (
              <li key={`${path}${message}`}>{path ? `${path}：${message}` : message}</li>
            ))}
          </ul>
        ) : undefined
      }
      action={
        error.code === SIGNED_OUT ? (
          <SignInAgain />
        ) : again ? (
          <Button onClick={again}>重试</Button>
        ) : undefined
      }
      style={{ marginBlockEnd: 12 }}
    />
  ) : null;

/** Shows what was read; before that a sketch of it, or what went wrong and a way to try again. */
export function Loadable<T>({
  reading,
  children,
}: {
  readonly reading: Reading<T>;
  readonly children: (data: T) => ReactNode;
}) {
  const { data, error, loading, again } = reading;
  if (error) return <Refusal error={error} again={again} />;
  if (data === undefined) return loading ? <Skeleton active paragraph={{ rows: 6 }} /> : null;
  return <>{children(data)}</>;
}

type Columns<T> = NonNullable<TableProps<T>['columns']>;
/** What a table needs of the pages it shows one of. */
type Turning = {
  readonly next: (() => void) | undefined;
  readonly back: (() => void) | undefined;
  readonly every: () => Promise<unknown[]>;
};
type Rows<T> = {
  readonly label: string;
  readonly columns: Columns<T>;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly empty?: string;
  /** The pages these rows are one of: how to turn them, and all rows for a file. Without them the rows are all there is. */
  readonly pages?: Turning | undefined;
};

/** The cells of a row as the table shows them. */
const cellsOf = <T extends object>(columns: Columns<T>, row: T, index: number): ReactNode[] =>
  columns.map((column) => {
    if (!('dataIndex' in column) && !('render' in column)) return '';
    const value =
      'dataIndex' in column ? (row as Readonly<Record<string, unknown>>)[String(column.dataIndex)] : row;
    return (column.render ? column.render(value, row, index) : value) as ReactNode;
  });

/** Writes the table to a file; what does that is loaded when it is asked for. */
function ExportButtons<T extends object>({ label, columns, rows, pages }: Rows<T>) {
  const writing = useCommand();
  const write = (format: 'csv' | 'xlsx') =>
    writing.run(async () => {
      const { handOut } = await import('./hand-out.ts');
      const all = pages ? ((await pages.every()) as readonly T[]) : rows;
      const head = columns.map(({ title }) => String(title));
      await handOut(
        label,
        format,
        head,
        all.map((row, index) => cellsOf(columns, row, index)),
      );
    });
  return (
    <span className="no-print" style={{ display: 'inline-flex', gap: 8, marginBlockStart: 8 }}>
      <Refusal error={writing.error} />
      <Button size="small" loading={writing.busy} onClick={() => void write('xlsx')}>
        导出 XLSX
      </Button>
      <Button size="small" loading={writing.busy} onClick={() => void write('csv')}>
        导出 CSV
      </Button>
    </span>
  );
}

/** A table that is wider than its place can be moved by keyboard, too. */
const useReachable = () => {
  const table = useRef<TableRef>(null);
  useEffect(() => {
    const scroller = table.current?.nativeElement.querySelector('.ant-table-content');
    if (!scroller) return;
    if (scroller.scrollWidth > scroller.clientWidth) scroller.setAttribute('tabindex', '0');
    else scroller.removeAttribute('tabindex');
  });
  return table;
};

/** A table that is read page after page, and can be had as a file. */
export function DataTable<T extends object>(table: Rows<T>) {
  const { label, columns, rows, keyOf, empty = '暂无数据', pages } = table;
  const reachable = useReachable();
  return (
    <>
      <Table<T>
        ref={reachable}
        aria-label={label}
        size="small"
        bordered
        columns={columns}
        dataSource={[...rows]}
        rowKey={keyOf}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: (
            <Empty
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={pages?.next ? '已查的部分没有符合条件的，请翻到下一页继续查找' : empty}
            />
          ),
        }}
      />
      {rows.length > 0 ? <ExportButtons {...table} /> : null}
      {pages?.back || pages?.next ? (
        <span className="no-print" style={{ display: 'inline-flex', gap: 8, marginInlineStart: 8 }}>
          <Button size="small" disabled={!pages.back} onClick={pages.back}>
            上一页
          </Button>
          <Button size="small" disabled={!pages.next} onClick={pages.next}>
            下一页
          </Button>
        </span>
      ) : null}
    </>
  );
}

export type Doing = {
  readonly operation: OperationId;
  readonly children: string;
  /** What will happen, in words; without it the button acts at once. */
  readonly asks?: string;
  /** Why it cannot be done now, whoever asks. */
  readonly hindrance?: string | undefined;
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly primary?: boolean;
  readonly small?: boolean;
  readonly onDo: () => void;
};

const NOT_YOURS = '您的角色不能进行此项操作';

/** A button for a command. What the role or the state does not allow cannot be pressed, and says why. */
export const Act = ({ operation, children, asks, hindrance, onDo, ...look }: Doing) => {
  const { may } = useDesk();
  const why = may(operation) ? hindrance : NOT_YOURS;
  const button = (
    <Button
      data-operation={operation}
      type={look.primary ? 'primary' : 'default'}
      size={look.small ? 'small' : 'middle'}
      danger={look.danger ?? false}
      loading={look.busy ?? false}
      disabled={why !== undefined}
      {...(asks === undefined ? { onClick: onDo } : {})}
    >
      {children}
    </Button>
  );
  if (why !== undefined)
    return (
      <Tooltip title={why}>
        <span title={why}>{button}</span>
      </Tooltip>
    );
  if (asks === undefined) return button;
  return (
    <Popconfirm title={asks} okText="确定" cancelText="取消" onConfirm={onDo}>
      {button}
    </Popconfirm>
  );
};

export const Panel = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="panel" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);
